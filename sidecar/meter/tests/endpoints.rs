//! Which endpoint a call is for, and whether it can cost.

use tollgate_meter::{Billing, Dialect, Endpoint, Provider, plain};

#[test]
fn paths_become_templates_and_say_how_they_are_billed() {
    let (chat, messages) =
        (Billing::Metered(Dialect::OpenAiChat), Billing::Metered(Dialect::AnthropicMessages));
    let responses = Billing::Metered(Dialect::OpenAiResponses);
    let reads = Billing::Reads(Dialect::OpenAiResponses);
    let generate = Billing::Metered(Dialect::GoogleGenerate);
    let cases = [
        (Provider::OpenAi, "POST", "/v1/chat/completions", "/v1/chat/completions", chat),
        (Provider::OpenAi, "POST", "/v1/chat/completions/", "/v1/chat/completions", chat),
        (Provider::OpenAi, "GET", "/v1/chat/completions", "/v1/chat/completions", Billing::Free),
        (
            Provider::OpenAi,
            "GET",
            "/v1/chat/completions/chatcmpl-1",
            "/v1/chat/completions/{id}",
            Billing::Free,
        ),
        (Provider::OpenAi, "POST", "/v1/responses", "/v1/responses", responses),
        (Provider::OpenAi, "GET", "/v1/responses/resp_1", "/v1/responses/{id}", reads),
        (Provider::OpenAi, "POST", "/v1/responses/resp_1/cancel", "/v1/responses/{id}/cancel", reads),
        (Provider::OpenAi, "POST", "/v1/responses/input_tokens", "/v1/responses/input_tokens", Billing::Free),
        (Provider::OpenAi, "GET", "/v1/models", "/v1/models", Billing::Free),
        (Provider::OpenAi, "POST", "/v1/moderations", "/v1/moderations", Billing::Free),
        (Provider::OpenAi, "POST", "/v1/evals/e/runs", "/v1/evals/{id}/runs", Billing::Unmetered),
        (Provider::OpenAi, "POST", "/v1/threads/t_1", "/v1/threads/{id}", Billing::Free),
        // as @ai-sdk/xai asks for them
        (
            Provider::Xai,
            "POST",
            "/v1/videos/extensions",
            "/v1/videos/extensions",
            Billing::Metered(Dialect::XaiVideos),
        ),
        // administration (anthropic-sdk-python 2.14.0)
        (
            Provider::Anthropic,
            "POST",
            "/v1/compliance/review/cases/c/respond",
            "/v1/compliance/**",
            Billing::Free,
        ),
        (Provider::OpenAi, "GET", "/v1/organization/usage/completions", "/v1/organization/**", Billing::Free),
        (Provider::OpenAi, "GET", "/v1/realtime", "/v1/realtime", Billing::Metered(Dialect::OpenAiRealtime)),
        (Provider::OpenAi, "POST", "/v2/whatever", "other", Billing::Unmetered),
        (Provider::OpenAi, "GET", "/v2/whatever", "other", Billing::Free),
        (Provider::OpenAi, "DELETE", "/v2/whatever", "other", Billing::Free),
        (Provider::OpenAi, "BREW", "/v2/whatever", "other", Billing::Unmetered),
        (Provider::OpenAi, "POST", "//v1/chat/completions", "other", Billing::Unmetered),
        (Provider::OpenAi, "POST", "", "other", Billing::Unmetered),
        (Provider::Anthropic, "POST", "/v1/messages", "/v1/messages", messages),
        (
            Provider::Anthropic,
            "POST",
            "/v1/messages/count_tokens",
            "/v1/messages/count_tokens",
            Billing::Free,
        ),
        (
            Provider::Anthropic,
            "POST",
            "/v1/messages/batches",
            "/v1/messages/batches",
            Billing::Begins(Some(Dialect::AnthropicBatch)),
        ),
        (
            Provider::Anthropic,
            "GET",
            "/v1/messages/batches/b/results",
            "/v1/messages/batches/{id}/results",
            Billing::Reads(Dialect::AnthropicBatchResults),
        ),
        (
            Provider::Xai,
            "POST",
            "/v1/chat/completions",
            "/v1/chat/completions",
            Billing::Metered(Dialect::XaiChat),
        ),
        (
            Provider::OpenRouter,
            "POST",
            "/api/v1/chat/completions",
            "/api/v1/chat/completions",
            Billing::Metered(Dialect::OpenRouterChat),
        ),
        (
            Provider::Google,
            "POST",
            "/v1beta/models/gemini-2.5-pro:generateContent",
            "/v1beta/models/{model}:generateContent",
            generate,
        ),
        (
            Provider::Google,
            "POST",
            "/v1beta/models/g:countTokens",
            "/v1beta/models/{model}:countTokens",
            Billing::Free,
        ),
        (Provider::Google, "GET", "/v1beta/models/gemini-2.5-pro", "/v1beta/models/{model}", Billing::Free),
        (Provider::Google, "POST", "/v1beta/models/g:inventThings", "other", Billing::Unmetered),
    ];
    let vertex =
        "/v1/projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro:generateContent";
    assert_eq!(Endpoint::of(Provider::Google, "POST", vertex).billing, generate);
    assert_eq!(
        Endpoint::of(Provider::Google, "POST", vertex).segment("model", vertex),
        Some("gemini-2.5-pro")
    );
    for (provider, method, path, template, billing) in cases {
        let endpoint = Endpoint::of(provider, method, path);
        assert_eq!((endpoint.template, endpoint.billing), (template, billing), "{provider} {method} {path}");
        assert_eq!(
            endpoint.can_cost(),
            !matches!(billing, Billing::Free | Billing::Reads(_)),
            "{provider} {method} {path}"
        );
    }
}

#[test]
fn paths_of_google_in_no_project_and_of_its_newer_rooms_are_known() {
    let generate = Billing::Metered(Dialect::GoogleGenerate);
    for (method, path, billing) in [
        ("POST", "/v1/publishers/google/models/g:generateContent", generate),
        ("POST", "/v1beta1/publishers/google/models/g:streamGenerateContent", generate),
        ("POST", "/v1/publishers/google/models/g:embedContent", Billing::Metered(Dialect::GoogleEmbed)),
        (
            "POST",
            "/v1beta1/publishers/google/models/g:predictLongRunning",
            Billing::Metered(Dialect::GoogleFilm),
        ),
        ("POST", "/v1beta1/publishers/google/models/g:fetchPredictOperation", Billing::Free),
        // how Anthropic's SDK counts tokens there
        (
            "POST",
            "/v1/projects/p/locations/us-east5/publishers/anthropic/models/count-tokens:rawPredict",
            Billing::Free,
        ),
        (
            "POST",
            "/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-7:rawPredict",
            Billing::Metered(Dialect::AnthropicMessages),
        ),
        ("POST", "/v1beta/decisions", Billing::Metered(Dialect::GoogleInteractions)),
        ("GET", "/v1beta/interactions/v1_1", Billing::Reads(Dialect::GoogleInteractions)),
        ("GET", "/v1beta/interactions/live", Billing::Unmetered),
        ("POST", "/v1beta1/projects/p/locations/l/endpoints/1:countTokens", Billing::Free),
        // what Google's SDKs ask for with a project of Vertex AI
        (
            "POST",
            "/v1beta1/projects/p/locations/global/interactions",
            Billing::Metered(Dialect::GoogleInteractions),
        ),
        (
            "GET",
            "/v1/projects/p/locations/global/interactions/i",
            Billing::Reads(Dialect::GoogleInteractions),
        ),
        (
            "POST",
            "/v1beta1/projects/p/locations/global/interactions/i/cancel",
            Billing::Reads(Dialect::GoogleInteractions),
        ),
        ("DELETE", "/v1beta1/projects/p/locations/global/interactions/i", Billing::Free),
        ("POST", "/v1beta/triggers/t/executions", Billing::Elsewhere),
        ("GET", "/v1beta/triggers/t/executions", Billing::Free),
        ("POST", "/v1beta/environments", Billing::Unmetered),
        ("DELETE", "/v1beta/environments/e", Billing::Free),
    ] {
        let endpoint = Endpoint::of(Provider::Google, method, path);
        assert_ne!(endpoint.template, "other", "{path}");
        assert_eq!(endpoint.billing, billing, "{method} {path}");
    }
}

#[test]
fn a_name_with_colons_is_a_name_wherever_no_verb_may_stand() {
    let of = |provider, method, path: &str| {
        let endpoint = Endpoint::of(provider, method, path);
        (endpoint.template, endpoint.billing)
    };
    let tuned = "ft:gpt-4o-mini:acme::abc";
    for method in ["GET", "DELETE"] {
        assert_eq!(
            of(Provider::OpenAi, method, &format!("/v1/models/{tuned}")),
            ("/v1/models/{model}", Billing::Free)
        );
    }
    assert_eq!(
        of(
            Provider::OpenAi,
            "POST",
            &format!("/v1/fine_tuning/checkpoints/{tuned}:ckpt-step-100/permissions")
        ),
        ("/v1/fine_tuning/checkpoints/{id}/permissions", Billing::Free)
    );
    assert_eq!(
        of(Provider::OpenRouter, "GET", "/api/v1/models/deepseek/deepseek-r1:free/endpoints"),
        ("/api/v1/models/{author}/{slug}/endpoints", Billing::Free)
    );
    // where verbs stand behind names, a verb that nobody knows is none of the names
    for path in ["/v1beta/models/g:inventThings", "/v1beta/files/f:invent", "/v1beta/cachedContents/c:invent"]
    {
        assert_eq!(of(Provider::Google, "POST", path), ("other", Billing::Unmetered), "{path}");
    }
    assert_eq!(of(Provider::Xai, "POST", "/v1/batches/b:invent"), ("other", Billing::Unmetered));
}

#[test]
fn what_an_sdk_tells_of_its_own_work_is_free() {
    // OpenAI's agents SDK, after each run
    let traces = Endpoint::of(Provider::OpenAi, "POST", "/v1/traces/ingest");
    assert_eq!((traces.template, traces.billing), ("/v1/traces/ingest", Billing::Free));
}

/// Operations of openrouter 1.3.84 that call no model.
#[test]
fn what_openrouters_sdk_administers_and_reads_is_free_and_known() {
    for (method, path) in [
        ("POST", "/api/v1/private-endpoints"),
        ("PATCH", "/api/v1/private-endpoints/id"),
        ("POST", "/api/v1/private-endpoints/id/activate"),
        ("PUT", "/api/v1/private-endpoints/id/pricing"),
        ("GET", "/api/v1/batches"),
        ("DELETE", "/api/v1/batches/id"),
        ("GET", "/api/v1/files/id/content"),
        ("GET", "/api/v1/videos/id/content"),
        ("GET", "/api/v1/generation/content"),
        ("GET", "/api/v1/model/author/slug"),
        ("GET", "/api/v1/images/models/author/slug/endpoints"),
        ("GET", "/api/v1/datasets/rankings-daily"),
        ("GET", "/api/v1/tools/id"),
    ] {
        let endpoint = Endpoint::of(Provider::OpenRouter, method, path);
        assert_eq!(endpoint.billing, Billing::Free, "{method} {path}");
        assert!(endpoint.is_listed(), "{method} {path}");
    }
}

#[test]
fn what_begins_a_batch_makes_the_cost_and_costs_nothing_itself() {
    for (provider, path) in [
        (Provider::OpenAi, "/v1/batches"),
        (Provider::Anthropic, "/v1/messages/batches"),
        (Provider::Google, "/v1beta/models/gemini-2.5-pro:batchGenerateContent"),
        (Provider::Google, "/v1/models/gemini-embedding-001:asyncBatchEmbedContent"),
        (Provider::Google, "/v1beta/openai/batches"),
        (Provider::Xai, "/v1/batches"),
        (Provider::Xai, "/v1/batches/b/requests"),
        (Provider::Xai, "/xai_api.BatchMgmt/CreateBatch"),
        (Provider::Xai, "/xai_api.BatchMgmt/AddBatchRequests"),
    ] {
        let endpoint = Endpoint::of(provider, "POST", path);
        assert!(matches!(endpoint.billing, Billing::Begins(_)), "{provider} {path}");
        assert!(endpoint.can_cost() && !endpoint.costs_itself(), "{provider} {path}");
    }
}

#[test]
fn a_session_on_a_path_that_nobody_knows_can_cost_and_a_read_cannot() {
    let of = |path| Endpoint::of(Provider::Xai, "GET", path);
    assert_eq!(of("/v1/newest").billing, Billing::Free);
    assert_eq!(of("/v1/newest").of_session().billing, Billing::Unmetered);
    assert_eq!(of("/v1/models").of_session().billing, Billing::Unmetered);
    assert_eq!(of("/v1/realtime").of_session(), of("/v1/realtime"));
}

#[test]
fn names_and_hosts_lead_back_to_their_provider() {
    for provider in Provider::ALL {
        assert_eq!(Provider::from_name(provider.name()), Some(provider));
        assert!(provider.host().contains('.'));
    }
    assert_eq!(Provider::from_name("OpenAI"), None);
    for (host, provider) in [
        ("API.OpenAI.com", Some(Provider::OpenAi)),
        ("eu.api.openai.com", Some(Provider::OpenAi)),
        ("us-central1-aiplatform.googleapis.com", Some(Provider::Google)),
        ("aiplatform.googleapis.com", Some(Provider::Google)),
        ("us-east-1.api.x.ai", Some(Provider::Xai)),
        ("eu.openrouter.ai", Some(Provider::OpenRouter)),
        ("api.openai.com.evil.example", None),
        ("a.b.api.openai.com", None),
        ("storage.googleapis.com", None),
    ] {
        assert_eq!(Provider::of_host(host), provider, "{host}");
    }
    for (host, asks) in [
        ("mtls.api.openai.com", true),
        ("MTLS-us.api.openai.com", true),
        ("api.openai.com", false),
        ("mtls.api.openai.com.evil.example", false),
        ("mtls-us.api.x.ai", false),
    ] {
        assert_eq!(Provider::asks_for_a_certificate(host), asks, "{host}");
    }
}

#[test]
fn a_session_is_known_by_each_path_that_the_sdks_ask_for() {
    let gemini = "ws/google.ai.generativelanguage";
    let vertex = "ws/google.cloud.aiplatform";
    for slashes in ["/", "//"] {
        for version in ["v1", "v1alpha", "v1beta"] {
            for method in ["BidiGenerateContent", "BidiGenerateContentConstrained"] {
                let path = format!("{slashes}{gemini}.{version}.GenerativeService.{method}");
                let endpoint = Endpoint::of(Provider::Google, "GET", &plain(&path));
                assert_eq!(endpoint.billing, Billing::Metered(Dialect::GoogleLive), "{path}");
            }
            let path = format!("{slashes}{gemini}.{version}.GenerativeService.BidiGenerateMusic");
            assert_eq!(
                Endpoint::of(Provider::Google, "GET", &plain(&path)).billing,
                Billing::Unmetered,
                "{path}"
            );
        }
        for version in ["v1", "v1beta1"] {
            let path = format!("{slashes}{vertex}.{version}.LlmBidiService/BidiGenerateContent");
            let endpoint = Endpoint::of(Provider::Google, "GET", &plain(&path));
            assert_eq!(endpoint.billing, Billing::Metered(Dialect::GoogleLive), "{path}");
        }
    }
}
