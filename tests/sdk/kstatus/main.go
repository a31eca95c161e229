// Says of each object of a list on standard input (kubectl get -o json) what Flux's own kstatus makes of it: a line each, STATUS, kind,
// namespace/name and why. The exit code is 1 where one is not Current.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	list := map[string]any{}
	if err == nil {
		// Kubernetes' own: whole numbers stay whole
		err = json.Unmarshal(text, &list)
	}
	failed(err)
	items, _, err := unstructured.NestedSlice(list, "items")
	failed(err)
	code := 0
	for _, item := range items {
		object := &unstructured.Unstructured{Object: item.(map[string]any)}
		result, err := status.Compute(object)
		failed(err)
		if result.Status != status.CurrentStatus {
			code = 1
		}
		fmt.Println(result.Status, object.GetKind(), object.GetNamespace()+"/"+object.GetName(), result.Message)
	}
	os.Exit(code)
}

func failed(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
