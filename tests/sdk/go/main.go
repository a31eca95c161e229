// Calls of official SDKs as their own first page shows them: nobody names an address, a proxy or a certificate here.
// Prints a JSON line a call, as tests/sdk/captured.py does.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/anthropics/anthropic-sdk-go"
	anthropics "github.com/anthropics/anthropic-sdk-go/option"
	"github.com/openai/openai-go/v3"
	openais "github.com/openai/openai-go/v3/option"
	"google.golang.org/genai"
)

const question = "Say something."

type call func(context.Context) (string, error)

// one SDK's: its module, a model of its own, and a call of each kind
type sdk struct {
	module, model string
	plain, stream call
}

func ofOpenAI(model string) sdk {
	api := openai.NewClient(openais.WithAPIKey("sk-standin"))
	asked := openai.ChatCompletionNewParams{
		Model:    model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(question)},
	}
	return sdk{"github.com/openai/openai-go/v3", model,
		func(ctx context.Context) (string, error) {
			answer, err := api.Chat.Completions.New(ctx, asked)
			if err != nil {
				return "", err
			}
			return answer.Choices[0].Message.Content, nil
		},
		func(ctx context.Context) (string, error) {
			var text strings.Builder
			chunks := api.Chat.Completions.NewStreaming(ctx, asked)
			for chunks.Next() {
				text.WriteString(chunks.Current().Choices[0].Delta.Content)
			}
			return text.String(), chunks.Err()
		}}
}

func ofAnthropic(model string) sdk {
	api := anthropic.NewClient(anthropics.WithAPIKey("sk-standin"))
	asked := anthropic.MessageNewParams{
		Model:     anthropic.Model(model),
		MaxTokens: 100,
		Messages:  []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock(question))},
	}
	return sdk{"github.com/anthropics/anthropic-sdk-go", model,
		func(ctx context.Context) (string, error) {
			answer, err := api.Messages.New(ctx, asked)
			if err != nil {
				return "", err
			}
			return answer.Content[0].Text, nil
		},
		func(ctx context.Context) (string, error) {
			var whole anthropic.Message
			events := api.Messages.NewStreaming(ctx, asked)
			for events.Next() {
				if err := whole.Accumulate(events.Current()); err != nil {
					return "", err
				}
			}
			if events.Err() != nil {
				return "", events.Err()
			}
			return whole.Content[0].Text, nil
		}}
}

func ofGoogle(model string) (sdk, error) {
	config := &genai.ClientConfig{APIKey: "standin", Backend: genai.BackendGeminiAPI}
	api, err := genai.NewClient(context.Background(), config)
	if err != nil {
		return sdk{}, err
	}
	return sdk{"google.golang.org/genai", model,
		func(ctx context.Context) (string, error) {
			answer, err := api.Models.GenerateContent(ctx, model, genai.Text(question), nil)
			if err != nil {
				return "", err
			}
			return answer.Text(), nil
		},
		func(ctx context.Context) (string, error) {
			var text strings.Builder
			for chunk, err := range api.Models.GenerateContentStream(ctx, model, genai.Text(question), nil) {
				if err != nil {
					return "", err
				}
				text.WriteString(chunk.Text())
			}
			return text.String(), nil
		}}, nil
}

// by module, as they were built in
func versions() map[string]string {
	found := map[string]string{}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		found[module.Path] = module.Version
	}
	return found
}

func main() {
	google, err := ofGoogle("gemini-2.5-flash")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out, versions := json.NewEncoder(os.Stdout), versions()
	for _, sdk := range []sdk{ofOpenAI("gpt-4o-mini"), ofAnthropic("claude-sonnet-5-5"), google} {
		name := strings.TrimSuffix(sdk.module, "/v3")
		name = name[strings.LastIndex(name, "/")+1:] + " " + strings.TrimPrefix(versions[sdk.module], "v")
		for _, kind := range []string{"plain", "stream"} {
			call := sdk.plain
			if kind == "stream" {
				call = sdk.stream
			}
			outcome := map[string]string{"sdk": name, "call": kind, "model": sdk.model}
			if text, err := call(context.Background()); err == nil {
				outcome["text"] = text
			} else {
				outcome["exception"], outcome["message"] = fmt.Sprintf("%T", err), err.Error()
			}
			_ = out.Encode(outcome)
		}
	}
}
