# C: international marketplace & publisher, Gemini first, OpenRouter/OpenAI second. Many languages, few system prompts, vision.
from company import Fam
from wire import *
from lex import *

F = Fam()
G = dict(prov="gemini")


@F.add("produkttext", "German; user template; no system")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Schreibe einen Produkttext für unseren Onlineshop.\n\nProdukt: {t.c(DE_A)} {t.c(DE_N)}\nMarke: {t.brand()}\nPreis: {t.num()}\nMerkmale:\n"
                + "\n".join("* " + t.de() for _ in range(t.n(2, 7)))
                + f"\n\nZielgruppe: {t.c(['Familien','Studierende','Sportler','Handwerker','Senioren'])}\nLänge: {t.n(60,220)} Wörter. Keine Superlative, keine Ausrufezeichen."
            )
        ],
        temp=round(t.r.random(), 1),
        **G,
    )


@F.add("produkt-seo", "German; user template; other task on the same data")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Erzeuge Meta-Titel (max. 60 Zeichen) und Meta-Beschreibung (max. 155 Zeichen) für die folgende Seite. Antworte als JSON mit den Schlüsseln title und description.\n\n{t.c(DE_A)} {t.c(DE_N)} von {t.brand()}\n"
                + t.lang("de", 2, 6)
            )
        ],
        schema="json",
        **G,
    )


@F.add("review-reply-ja", "Japanese")
def _(t, x):
    return Call(
        "あなたは通販サイト「みどり堂」のカスタマーサポート担当です。敬語を使い、三文以内で返信してください。返金の約束はしないでください。",
        [U(f"評価：{'★'*t.n(1,5)}\n投稿日：{t.date()}\n投稿者：{t.c(LAST)}様\n本文：{t.lang('ja',1,5)}")],
        temp=0.6,
        max=300,
        **G,
    )


@F.add("inquiry-route-ja", "Japanese; classification")
def _(t, x):
    return Call(
        "次の問い合わせを「配送」「返品」「支払い」「商品」「その他」のいずれかに分類し、分類名だけを出力してください。",
        [U(t.lang("ja", 1, 4))],
        temp=0,
        **G,
    )


@F.add("resumen-opiniones", "Spanish; many reviews")
def _(t, x):
    return Call(
        None,
        [
            U(
                "Resume las opiniones de los clientes en un párrafo de unas 80 palabras. Menciona primero lo que más se repite y no cites nombres.\n\n"
                + "\n".join(f"({t.n(1,5)}/5) {t.lang('es',1,3)}" for _ in range(t.n(4, 25)))
            )
        ],
        **G,
    )


@F.add("asistente-tienda", "Spanish chat, history; stream")
def _(t, x):
    q, k = x.session(t, 4)
    ms = []
    for _ in range(t.n(0, 8)):
        ms += [U(q.lang("es", 1, 2)), A(q.lang("es", 1, 3))]
    u = q.c(x.users())
    return Call(
        f"Eres Lola, la asistente de la tienda. El cliente se llama {u['name']}, vive en {u['city']} y es cliente desde {u['since']}. Recomienda como máximo dos artículos del catálogo y pregunta siempre por la talla.\n\nCatálogo de hoy:\n"
        + "\n".join(f"- {t.c(ES_N)} {t.c(ES_A)} ({t.num()})" for _ in range(t.n(5, 25))),
        (ms + [U(q.lang("es", 1, 2))])[-9:],
        stream=t.p(0.7),
        **G,
    )


@F.add("arabic-simplify", "Arabic")
def _(t, x):
    return Call("أعد كتابة النص التالي بلغة عربية مبسطة يفهمها طفل في العاشرة من عمره. لا تضف معلومات جديدة.", [U(t.lang("ar", 2, 8))], **G)


@F.add("arabic-headline", "Arabic; user template")
def _(t, x):
    return Call(None, [U("اقترح ثلاثة عناوين قصيرة للمقال الآتي، كل عنوان في سطر:\n\n" + t.lang("ar", 3, 9))], **G)


LOC = {
    "de": "Du hilfst Verkäufern auf unserem Marktplatz, ihr Inserat zu verbessern. Nenne höchstens fünf konkrete Änderungen, die wichtigste zuerst.",
    "en": "You help sellers on our marketplace to improve their listing. Name at most five concrete changes, the most important first.",
    "es": "Ayudas a los vendedores de nuestro mercado a mejorar su anuncio. Nombra como máximo cinco cambios concretos, primero el más importante.",
    "ja": "あなたはマーケットプレイスの出品者が出品ページを改善するのを手伝います。具体的な変更点を重要な順に五つまで挙げてください。",
}


@F.add("listing-coach", "locale variants x4 of one prompt")
def _(t, x):
    l = t.c(list(LOC))
    return Call(
        LOC[l],
        [
            U(
                json.dumps(
                    {"listing_title": t.lang(l, 1, 1), "listing_body": t.lang(l, 2, 6), "photos": t.n(0, 12), "price": t.n(1, 900)},
                    ensure_ascii=False,
                )
            )
        ],
        schema=("r", obj_schema(changes={"type": "array", "items": {"type": "string"}})),
        **G,
    )


@F.add("translate-listing", "source/target languages filled in")
def _(t, x):
    a, b = t.r.sample(["de", "es", "ja", "ar", "fr", "en"], 2)
    nm = {"de": "German", "es": "Spanish", "ja": "Japanese", "ar": "Arabic", "fr": "French", "en": "English"}
    return Call(
        None, [U(f"Translate from {nm[a]} to {nm[b]}. Keep HTML tags.\n\n<h1>{t.lang(a,1,1)}</h1><p>{t.lang(a,1,5)}</p>")], temp=0.1, **G
    )


@F.add("translate-chat", "buyer-seller chat translator; other wording")
def _(t, x):
    l = t.c(["de", "es", "ja", "ar", "fr"])
    return Call(
        f"Translate chat messages between buyer and seller into {t.c(['English','German','Turkish','Spanish','Thai'])}. Casual register. If the message is already in that language, repeat it.",
        [U(t.lang(l, 1, 2))],
        temp=0.1,
        stream=True,
        **G,
    )


@F.add("photo-alt-text", "vision base64")
def _(t, x):
    return Call(None, [U([TX("Describe the photo for a blind shopper in one sentence."), IMG(t.b64())])], **G)


@F.add("photo-defects", "vision base64, several pictures")
def _(t, x):
    return Call(
        None,
        [
            U(
                [IMG(t.b64()) for _ in range(t.n(1, 4))]
                + [
                    TX(
                        f"These pictures show a returned item ({t.c(DOM['shop'][0])}, order {t.ref()}). List visible damage as JSON: [{{\"part\":\"\",\"damage\":\"\",\"severity\":1}}]"
                    )
                ]
            )
        ],
        schema="json",
        **G,
    )


@F.add("photo-category", "vision by URL through openrouter")
def _(t, x):
    return Call(
        "Assign the article to one node of the category tree. Output the node id only.",
        [
            U(
                [
                    TX("Tree:\n" + "\n".join(f"{t.n(100,999)} {t.c(DOM['shop'][0])} > {t.c(DOM['shop'][0])}" for _ in range(t.n(5, 25)))),
                    IURL(t.url()),
                ]
            )
        ],
        prov="openrouter",
        model="google/gemini-2.5-flash",
        temp=0,
    )


@F.add("invoice-pdf", "PDF; schema")
def _(t, x):
    return Call(
        None,
        [U([PDF(t.b64()), TX("Extract supplier, VAT number, total, currency and due date.")])],
        schema=(
            "inv",
            {
                "type": "OBJECT",
                "properties": {
                    "supplier": {"type": "STRING"},
                    "vat": {"type": "STRING"},
                    "total": {"type": "NUMBER"},
                    "currency": {"type": "STRING"},
                    "due": {"type": "STRING"},
                },
            },
        ),
        temp=0,
        **G,
    )


@F.add("contract-pdf", "PDF; same shape, other question")
def _(t, x):
    return Call(
        None,
        [
            U(
                [
                    PDF(t.b64()),
                    TX("Which clauses of this supplier contract deviate from our standard terms? Answer in German with clause numbers."),
                ]
            )
        ],
        temp=0,
        **G,
    )


@F.add("fraud-score", "JSON only in user message, German system")
def _(t, x):
    return Call(
        "Bewerte, wie wahrscheinlich das Inserat Betrug ist (0 bis 100). Gib nur die Zahl aus.",
        [U(json.dumps({**t.obj("shop"), "beschreibung": t.lang("de", 1, 4)}, ensure_ascii=False, indent=t.c([None, 2])))],
        max=4,
        temp=0,
        **G,
    )


@F.add("size-advice", "mixed languages in one prompt")
def _(t, x):
    return Call(
        "Größenberater / Size advisor.\nAntworte in der Sprache des Kunden. Reply in the customer's language.\nサイズ表を必ず参照すること。\n\n"
        + "\n".join(f"{s}\t{t.n(70,120)}\t{t.n(60,110)}" for s in W("XS S M L XL")),
        [U(t.lang(t.c(["de", "en", "ja", "es"]), 1, 2) + f" {t.n(150,199)} cm, {t.n(45,110)} kg")],
        prov="gemini" if t.p(0.85) else "openrouter",
        model=None,
    )


@F.add("ad-copy", "short: one line user prompt")
def _(t, x):
    return Call(
        None,
        [U(f"Write {t.n(3,10)} ad headlines for: {t.title('shop')}")],
        prov="openai",
        model="gpt-4o-mini",
        temp=1,
        extra={"n": t.n(1, 3)},
    )


@F.add("hashtags", "short: one line user prompt")
def _(t, x):
    return Call(None, [U(f"Give me hashtags for this post: {t.sent('shop')}")], prov="openai", model="gpt-4o-mini", temp=1)


@F.add("slug", "short: one line user prompt")
def _(t, x):
    return Call(None, [U(f"URL slug for \"{t.title('shop')}\"")], prov="openai", model="gpt-4o-mini", temp=0)


@F.add("banner-image", "images/generations")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/images/generations",
            {
                "model": "gpt-image-1" if x.x > 0.4 else "dall-e-3",
                "prompt": f"Flat illustration for a shop banner, pastel colours, no text: {t.np('shop')} {t.c(PREPS)} {t.np('travel')}",
                "size": t.c(["1024x1024", "1536x1024"]),
                "n": 1,
            },
            {"created": 1, "data": [{"b64_json": t.b64(200)}]},
        )
    )


@F.add("avatar-image", "images/generations, other style")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/images/generations",
            {
                "model": "gpt-image-1",
                "prompt": f"Round avatar of a seller, line art in black and white, holding {t.np('shop')}",
                "size": "1024x1024",
                "n": t.n(1, 4),
            },
            {"created": 1, "data": []},
        )
    )


@F.add("embed-listings", "gemini batchEmbedContents, documents")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1beta/models/gemini-embedding-001:batchEmbedContents",
            {
                "requests": [
                    {
                        "model": "models/gemini-embedding-001",
                        "content": {"parts": [{"text": t.lang(t.c(["de", "es", "en", "ja"]), 2, 5)}]},
                        "taskType": "RETRIEVAL_DOCUMENT",
                        "outputDimensionality": 768,
                    }
                    for _ in range(t.n(2, 10))
                ]
            },
            {"embeddings": []},
        ),
        **G,
    )


@F.add("embed-query", "gemini embedContent, queries")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1beta/models/gemini-embedding-001:embedContent",
            {
                "model": "models/gemini-embedding-001",
                "content": {"parts": [{"text": t.c([t.c(DE_N), t.c(ES_N) + " " + t.c(ES_A), t.np("shop"), t.c(JA_N)])}]},
                "taskType": "RETRIEVAL_QUERY",
                "outputDimensionality": 768,
            },
            {"embedding": {}},
        ),
        **G,
    )


@F.add("haggle-bot", "German agent with tools, growing")
def _(t, x):
    TT = [
        tool("preis_pruefen", "Prüft den Marktpreis eines Artikels", artikel="Artikelname"),
        tool("angebot_senden", "Sendet dem Verkäufer ein Gegenangebot", betrag={"type": "number"}),
        tool("abbrechen", "Beendet die Verhandlung", grund="Grund"),
    ]
    q, k = x.session(t, 5)
    ms = [U(q.de())]
    for _ in range(t.n(0, 12)):
        tl = q.c(TT)
        ms += [TC(("c" + q.hex(6), tl["name"], {a: q.c(DE_N) for a in tl["params"]["properties"]})), TR("c", "x", q.de())] + (
            [A(q.de()), U(q.de())] if q.p(0.5) else []
        )
    return Call(
        f"Du verhandelst im Auftrag des Käufers über gebrauchte Artikel. Obergrenze: {q.n(10,900)} Euro. Bleib höflich, biete nie zweimal denselben Betrag.",
        ms,
        tools=TT,
        **G,
    )


# --- second part: harder
ML = {
    "de": ("Du schreibst E-Mails für das Auktionshaus Alster.", "Schreibe eine E-Mail an {n}: {s}"),
    "en": ("You write e-mails for the auction house Alster.", "Write an e-mail to {n}: {s}"),
    "es": ("Escribes correos para la casa de subastas Alster.", "Escribe un correo a {n}: {s}"),
}


@F.add("mail-writer", "locale variants x3, free text, nothing else in common than model/params/name Alster")
def _(t, x):
    l = t.c(list(ML))
    return Call(
        ML[l][0],
        [U(ML[l][1].format(n=t.name(), s=t.lang(l, 1, 3)))],
        temp=0.55,
        max=777,
        extra={"safetySettings": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_ONLY_HIGH"}]},
        **G,
    )


@F.add("uebersetzen-kurz", "one line, German")
def _(t, x):
    return Call(None, [U(f"Übersetze ins {t.c(['Englische','Spanische','Japanische','Polnische'])}: {t.de()}")], **G)


@F.add("korrigieren-kurz", "one line, German")
def _(t, x):
    return Call(None, [U(f"Korrigiere die Rechtschreibung: {t.de()}")], **G)


@F.add("keigo", "one line, Japanese")
def _(t, x):
    return Call(None, [U(f"敬語に直してください：{t.ja()}")], **G)


@F.add("yoyaku", "one line, Japanese")
def _(t, x):
    return Call(None, [U(f"一文で要約してください：{t.lang('ja',3,8)}")], **G)


@F.add("cached-catalog", "Gemini cachedContent (name changes daily) + question")
def _(t, x):
    return Call(
        None,
        [U(t.question("shop"))],
        extra={"cachedContent": f'cachedContents/{["k3x9","p0qz","m7aa","zz41","b2c8"][int(x.x*5)]}catalog'},
        **G,
    )


@F.add("count-tokens", "gemini countTokens")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1beta/models/gemini-2.5-flash:countTokens",
            {"contents": [{"role": "user", "parts": [{"text": t.lang(t.c(["de", "es"]), 1, 6)}]}]},
            {"totalTokens": t.n(4, 900)},
        ),
        **G,
    )
