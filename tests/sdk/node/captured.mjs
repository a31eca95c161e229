// Calls of official SDKs as their own first page shows them: nobody names an address, a proxy or a certificate here.
// Prints a JSON line a call, as tests/sdk/captured.py does.
import { readFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";

const question = "Say something.";
const messages = [{ role: "user", content: question }];

function ofOpenAI(model) {
  const api = new OpenAI({ apiKey: "sk-standin" });
  return {
    async plain() {
      const answer = await api.chat.completions.create({ model, messages });
      return answer.choices[0].message.content;
    },
    async stream() {
      let text = "";
      const chunks = await api.chat.completions.create({ model, messages, stream: true });
      for await (const chunk of chunks) text += chunk.choices[0].delta.content ?? "";
      return text;
    },
  };
}

function ofAnthropic(model) {
  const api = new Anthropic({ apiKey: "sk-standin" });
  return {
    async plain() {
      const answer = await api.messages.create({ model, max_tokens: 100, messages });
      return answer.content[0].text;
    },
    async stream() {
      return await api.messages.stream({ model, max_tokens: 100, messages }).finalText();
    },
  };
}

function ofGoogle(model) {
  const api = new GoogleGenAI({ apiKey: "standin" });
  return {
    async plain() {
      return (await api.models.generateContent({ model, contents: question })).text;
    },
    async stream() {
      let text = "";
      const chunks = await api.models.generateContentStream({ model, contents: question });
      for await (const chunk of chunks) text += chunk.text ?? "";
      return text;
    },
  };
}

const versions = JSON.parse(readFileSync(new URL("package.json", import.meta.url))).dependencies;
const sdks = [
  ["openai", "gpt-4o-mini", ofOpenAI],
  ["@anthropic-ai/sdk", "claude-sonnet-5-5", ofAnthropic],
  ["@google/genai", "gemini-2.5-flash", ofGoogle],
];
for (const [name, model, of] of sdks) {
  for (const [call, make] of Object.entries(of(model))) {
    const outcome = { sdk: `${name} ${versions[name]}`, call, model };
    try {
      outcome.text = await make();
    } catch (error) {
      outcome.exception = error.constructor.name;
      outcome.message = String(error);
    }
    console.log(JSON.stringify(outcome));
  }
}
