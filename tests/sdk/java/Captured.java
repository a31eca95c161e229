// Calls of official SDKs as their own first page shows them: nobody names an address, a proxy or a certificate here.
// Prints a JSON line a call, as tests/sdk/captured.py does.

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

public final class Captured {
    static final String QUESTION = "Say something.";

    interface Call {
        String text() throws Exception;
    }

    /** One SDK's: a model of its own, and a call of each kind. */
    record Sdk(String name, String model, Map<String, Call> calls) {}

    static Map<String, Call> calls(Call plain, Call stream) {
        var calls = new LinkedHashMap<String, Call>();
        calls.put("plain", plain);
        calls.put("stream", stream);
        return calls;
    }

    static Sdk ofOpenAi(String model) {
        var api = OpenAIOkHttpClient.fromEnv();
        var asked = ChatCompletionCreateParams.builder().model(model).addUserMessage(QUESTION).build();
        return new Sdk("openai-java", model, calls(
            () -> api.chat().completions().create(asked).choices().get(0).message().content().orElse(""),
            () -> {
                try (var chunks = api.chat().completions().createStreaming(asked)) {
                    return chunks.stream()
                        .map(chunk -> chunk.choices().get(0).delta().content().orElse(""))
                        .collect(Collectors.joining());
                }
            }));
    }

    static Sdk ofAnthropic(String model) {
        var api = AnthropicOkHttpClient.fromEnv();
        var asked = MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage(QUESTION).build();
        return new Sdk("anthropic-java", model, calls(
            () -> api.messages().create(asked).content().get(0).text().get().text(),
            () -> {
                try (var events = api.messages().createStreaming(asked)) {
                    return events.stream()
                        .flatMap(event -> event.contentBlockDelta().stream())
                        .flatMap(event -> event.delta().text().stream())
                        .map(delta -> delta.text())
                        .collect(Collectors.joining());
                }
            }));
    }

    static Sdk ofGoogle(String model) {
        var api = new Client();
        return new Sdk("google-genai", model, calls(
            () -> api.models.generateContent(model, QUESTION, null).text(),
            () -> {
                var text = new StringBuilder();
                try (var chunks = api.models.generateContentStream(model, QUESTION, null)) {
                    for (var chunk : chunks) {
                        text.append(chunk.text());
                    }
                }
                return text.toString();
            }));
    }

    static String quoted(String text) {
        var plain = text.chars().mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : String.valueOf((char) c));
        return plain.collect(Collectors.joining("", "\"", "\""));
    }

    static void say(Map<String, String> outcome) {
        var members = outcome.entrySet().stream().map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()));
        System.out.println(members.collect(Collectors.joining(",", "{", "}")));
    }

    public static void main(String[] versions) {
        var sdks = List.of(ofOpenAi("gpt-4o-mini"), ofAnthropic("claude-sonnet-5-5"), ofGoogle("gemini-2.5-flash"));
        for (var sdk : sdks) {
            for (var call : sdk.calls().entrySet()) {
                var outcome = new LinkedHashMap<String, String>();
                outcome.put("sdk", sdk.name() + " " + version(sdk.name()));
                outcome.put("call", call.getKey());
                outcome.put("model", sdk.model());
                try {
                    outcome.put("text", call.getValue().text());
                } catch (Exception error) {
                    outcome.put("exception", error.getClass().getSimpleName());
                    outcome.put("message", String.valueOf(error.getMessage()));
                }
                say(outcome);
            }
        }
        System.exit(0);
    }

    /** Of the jar on the class path. */
    static String version(String name) {
        for (var entry : System.getProperty("java.class.path").split(":")) {
            var file = entry.substring(entry.lastIndexOf('/') + 1);
            if (file.matches(name + "-\\d.*\\.jar")) {
                return file.substring(name.length() + 1, file.length() - ".jar".length());
            }
        }
        return "?";
    }
}
