// An OpenID Connect issuer: zitadel's provider, which the OpenID Foundation has certified, with one client and one person.
//
//	issuer PORT CERTIFICATE KEY LIFETIME
//
// The client is "tollgate" with "a secret". ada@example.com signs in with "correct horse", and is of the group shop-team. What her
// ID token says holds for LIFETIME.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const groups = "groups"

type people struct{ ada *storage.User }

func (p people) GetUserByID(string) *storage.User { return p.ada }

func (p people) GetUserByUsername(name string) *storage.User {
	if name == p.ada.Username {
		return p.ada
	}
	return nil
}

func (people) ExampleClientID() string { return storage.ServiceUserID }

// provider's own storage in memory, with groups
type store struct {
	*storage.Storage
	lifetime time.Duration
}

func (s store) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	known, err := s.Storage.GetClientByClientID(ctx, id)
	return client{known, s.lifetime}, err
}

func (s store) SetUserinfoFromRequest(ctx context.Context, said *oidc.UserInfo, token op.IDTokenRequest, scopes []string) error {
	if slices.Contains(scopes, groups) {
		said.AppendClaims(groups, []string{"shop-team"})
	}
	return s.Storage.SetUserinfoFromRequest(ctx, said, token, scopes)
}

type client struct {
	op.Client
	lifetime time.Duration
}

func (client) IsScopeAllowed(scope string) bool     { return scope == groups }
func (client) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c client) IDTokenLifetime() time.Duration     { return c.lifetime }

func main() {
	port, certificate, key := os.Args[1], os.Args[2], os.Args[3]
	lifetime, err := time.ParseDuration(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	storage.RegisterClients(storage.WebClient("tollgate", "a secret", "https://tollgate.example.com/sign-in/callback"))
	ada := &storage.User{
		ID: "1", Username: "ada", Password: "correct horse", Email: "ada@example.com", EmailVerified: true,
	}
	known := store{storage.NewStorage(people{ada}), lifetime}
	server := exampleop.SetupServer("https://localhost:"+port, known, nil, false)
	log.Fatal(http.ListenAndServeTLS("127.0.0.1:"+port, certificate, key, server))
}
