// What production has elsewhere, on one address of this machine: git repositories (git's own server) and a registry for charts.
//
//	origin ADDRESS FOLDER      /git/REPOSITORY/.git is FOLDER/REPOSITORY; /v2/ is the registry
package main

import (
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	address, folder := os.Args[1], os.Args[2]
	programs, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		log.Fatalf("git --exec-path: %v", err)
	}
	http.Handle("/git/", &cgi.Handler{
		Path:       filepath.Join(strings.TrimSpace(string(programs)), "git-http-backend"),
		Root:       "/git",
		Env:        []string{"GIT_PROJECT_ROOT=" + folder, "GIT_HTTP_EXPORT_ALL=1"},
		InheritEnv: []string{"PATH"},
	})
	http.Handle("/v2/", registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	log.Fatal(http.ListenAndServe(address, nil))
}
