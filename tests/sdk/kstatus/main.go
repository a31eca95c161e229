// Says of each object of a list on standard input (kubectl get -o json) what Flux's own kstatus makes of it: a line each, STATUS, kind,
// namespace/name and why. The exit code is 1 where one is not Current.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	var list struct {
		Items []map[string]any `json:"items"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&list); err != nil {
		fmt.Fprintln(os.Stderr, "standard input is no list of objects:", err)
		os.Exit(2)
	}
	code := 0
	for _, item := range list.Items {
		object := &unstructured.Unstructured{Object: item}
		result, err := status.Compute(object)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if result.Status != status.CurrentStatus {
			code = 1
		}
		fmt.Println(result.Status, object.GetKind(), object.GetNamespace()+"/"+object.GetName(), result.Message)
	}
	os.Exit(code)
}
