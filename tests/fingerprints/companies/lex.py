# Word-level text: no fixed skeletons, so that documents share no long runs of words by accident
import random, os, base64, json, sysconfig, string


def W(s):
    return s.split()


GEN_N = W(
    """account action agreement amount answer approach area arrangement aspect attempt balance basis batch benefit board branch budget building case category cause chance change channel circumstance city client colleague comment committee community company concern condition connection contact context contract control copy cost country course customer cycle date deal decision degree delay department design detail difference direction discussion district document effect effort element employee entry error estimate evening event evidence example exception exchange experience expert facility factor failure feature figure form function gap goal group guide handbook headquarters history hour idea impact incident increase individual information instance interest issue item journey kind knowledge lack language launch lead letter level limit line list location loss machine majority manager manner margin market matter meeting member message method minute mistake moment month morning need network notice number object obligation occasion offer office operation opinion option order outcome package page part partner party path pattern payment people percentage period person phase place plan point policy portion position possibility practice presence price principle priority problem procedure process product program progress project promise proposal purpose quality quantity quarter question range rate reaction reason record reduction region relation release remark report request requirement resource response result review risk role room route rule sample schedule scheme scope season section sector selection series service session shape share shift side sign situation size solution source space staff stage standard statement step stock strategy structure subject success suggestion summary supplier support surface survey system table target task team term test theme title topic total trade trend trial trouble type unit update use user value variety version view volume warning week weight window worker year zone"""
)
GEN_V = W(
    """accepts achieves adds adjusts affects agrees allows answers appears applies approves arranges avoids becomes begins blocks brings builds cancels carries causes changes checks chooses closes collects combines compares completes confirms considers contains continues controls corrects covers creates cuts decides declines defines delays delivers depends describes determines develops discusses divides drives drops enables ends ensures enters establishes exceeds expands expects explains extends faces fails finds finishes fits fixes follows forces gains gives grows handles helps holds identifies ignores improves includes increases indicates informs introduces involves joins justifies keeps lacks leaves limits links lists loses lowers maintains makes manages marks matches measures meets mentions misses monitors moves needs notes offers opens orders outlines owns passes pays permits places plans prepares prevents produces promises proposes protects proves provides publishes questions raises reaches receives recommends records recovers reduces refers reflects rejects releases relies removes repeats replaces reports represents requests requires resolves restores returns reveals reviews runs saves schedules secures selects sends separates serves sets settles shares shifts shows signs solves speeds splits starts states stays stops stores submits suggests supplies supports takes tests tracks transfers treats triggers turns updates uses verifies waits warns weakens withdraws works writes"""
)
GEN_A = W(
    """able active actual additional annual apparent available average bad basic better big brief broad busy careful central certain cheap clear common complete complex considerable constant correct critical current daily deep detailed different difficult direct double due early easy effective efficient empty enormous entire equal essential exact existing expensive external fair familiar fast final financial firm flat free frequent fresh full further general good gradual great happy hard heavy helpful high huge important independent initial internal key large late left legal likely limited little local long low main major manual maximum medium minimum minor missing mixed modern monthly narrow necessary new next normal obvious odd official old open optional ordinary original other outside overall partial particular past permanent personal poor popular possible practical present previous primary private proper public quick quiet random rapid rare ready real recent regional regular relevant remaining remote right rough safe second secondary senior separate serious severe short significant similar simple single slight slow small smooth special specific stable standard steady steep strange strict strong sudden sufficient suitable sure temporary thin third tight total typical unclear unusual upcoming urgent useful usual valid valuable various visible weak weekly whole wide wrong young"""
)
DOM = {
    "support": (
        W(
            "login password invoice refund subscription dashboard export import webhook billing seat licence trial renewal ticket workspace integration calendar sync attachment notification permission admin plan upgrade downgrade coupon receipt SSO token browser cache timeout outage status sandbox connector field pipeline contact duplicate merge backup audit region mailbox template macro chatbot widget queue escalation agent SLA hotfix plugin mobile desktop installer proxy firewall certificate domain record sender bounce quota"
        ),
        W(
            "crashes freezes syncs charges bills renews expires loads times-out duplicates disappears hangs escalates refunds exports imports authenticates bounces logs throttles"
        ),
        W(
            "intermittent blank locked expired overdue duplicate broken outdated slow unresponsive misconfigured pending unexpected billed prorated archived"
        ),
    ),
    "legal": (
        W(
            "clause indemnity liability warranty termination tenant landlord lessee lessor covenant arbitration jurisdiction damages breach remedy notice confidentiality disclosure assignment severability force-majeure counterparty escrow lien mortgage easement plaintiff defendant counsel statute regulation compliance penalty injunction settlement affidavit deposition subpoena hearing tribunal appeal licence royalty patent trademark copyright infringement license-fee consideration recital schedule annex amendment waiver successor guarantor surety"
        ),
        W(
            "indemnifies terminates waives discloses assigns breaches arbitrates enforces stipulates warrants covenants forfeits repudiates amends executes supersedes survives governs"
        ),
        W(
            "binding exclusive irrevocable perpetual material reasonable mutual consequential statutory contractual liquidated punitive unenforceable ancillary foregoing hereinafter written prior"
        ),
    ),
    "medical": (
        W(
            "patient diagnosis symptom fever cough dosage tablet prescription allergy anamnesis cardiology oncology radiology biopsy ultrasound lesion fracture hypertension diabetes insulin metformin ibuprofen amoxicillin asthma inhaler migraine nausea dizziness fatigue hemoglobin cholesterol glucose creatinine platelet saturation pulse respiration ward nurse physician discharge admission referral surgery anesthesia recovery physiotherapy vaccination infection antibody sepsis edema rash vertebra ligament tendon meniscus thyroid kidney liver spleen pancreas"
        ),
        W(
            "presents complains denies reports tolerates radiates worsens improves prescribes administers palpates auscultates diagnoses discharges refers monitors elevates persists"
        ),
        W(
            "acute chronic bilateral benign malignant intermittent febrile tender elevated normal stable postoperative intravenous oral palpable diffuse mild severe asymptomatic"
        ),
    ),
    "shop": (
        W(
            "jacket sneaker backpack lamp sofa kettle blender headphone charger notebook pen tent sleeping-bag bicycle helmet glove scarf dress shirt jeans belt wallet watch ring necklace perfume lipstick shampoo towel pillow blanket mattress curtain rug mirror shelf drawer desk chair stool grill pan knife cutlery mug teapot bottle thermos toaster vacuum drill hammer saw ladder hose shovel seed planter candle frame puzzle doll drone camera tripod lens speaker keyboard mouse monitor cotton linen wool leather bamboo oak walnut steel ceramic silicone"
        ),
        W(
            "fits matches washes folds stretches shines lasts cooks brews blends charges connects illuminates insulates protects breathes dries packs stacks"
        ),
        W(
            "waterproof breathable organic handmade foldable adjustable ergonomic cordless lightweight durable vintage minimalist matte glossy quilted padded rechargeable recyclable soft spacious elegant compact"
        ),
    ),
    "finance": (
        W(
            "invoice ledger accrual dividend equity bond yield coupon portfolio hedge exposure collateral margin leverage liquidity volatility benchmark index fund custodian broker trade settlement counterparty default spread swap option future forward treasury cashflow EBITDA revenue expense depreciation amortization goodwill impairment audit tax VAT withholding transfer reconciliation journal balance receivable payable creditor debtor loan mortgage repayment principal interest forecast guidance earnings quarter segment subsidiary merger acquisition valuation"
        ),
        W(
            "hedges accrues depreciates settles reconciles yields outperforms underperforms defaults refinances amortizes capitalizes allocates audits forecasts rallies plunges"
        ),
        W(
            "quarterly fiscal consolidated diluted net gross illiquid overdue taxable deferred hedged unsecured subordinated senior bullish bearish volatile restated nominal"
        ),
    ),
    "travel": (
        W(
            "flight hotel booking itinerary airport terminal gate boarding luggage visa passport transfer shuttle hostel resort beach museum castle temple market restaurant tapas sushi ramen guide tour excursion ferry train platform ticket fare cancellation layover connection check-in check-out suite balcony breakfast buffet pool spa hike trail summit lake island coast harbour old-town cathedral festival carnival souvenir map taxi rental-car mileage insurance vaccination currency exchange embassy"
        ),
        W("departs arrives books cancels boards transfers explores hikes swims tastes visits stays connects overlooks reserves"),
        W(
            "scenic non-stop overbooked refundable all-inclusive coastal alpine tropical crowded secluded historic guided family-friendly overnight domestic international"
        ),
    ),
    "hr": (
        W(
            "candidate résumé interview recruiter vacancy salary bonus onboarding payroll vacation sick-leave parental-leave appraisal feedback promotion mentor apprentice internship probation resignation severance headcount org-chart diversity inclusion workshop training certificate skill competency leadership teamwork remote-work office commute pension insurance union works-council shift overtime timesheet expense reimbursement reference degree university bachelor master portfolio hobby relocation"
        ),
        W("hires onboards mentors resigns negotiates commutes trains appraises promotes reimburses interviews shortlists"),
        W(
            "motivated junior senior part-time full-time hybrid remote fixed-term certified bilingual flexible collaborative proactive experienced vacant"
        ),
    ),
    "iot": (
        W(
            "turbine sensor gateway firmware valve pump compressor bearing vibration temperature pressure torque rotor gearbox coolant lubricant filter conveyor robot welder furnace boiler chiller inverter transformer substation relay breaker PLC SCADA actuator encoder alarm threshold downtime maintenance inspection spare-part technician shift plant assembly calibration leakage corrosion wear crack overload blackout telemetry payload packet latency uplink antenna battery drone meter reading tariff grid"
        ),
        W("vibrates overheats leaks trips recalibrates spins throttles jams corrodes degrades alarms reboots transmits oscillates"),
        W(
            "hydraulic pneumatic redundant faulty calibrated overheated idle critical nominal scheduled unplanned upstream downstream rotating worn sealed"
        ),
    ),
    "edu": (
        W(
            "lesson pupil teacher homework essay exam grade curriculum algebra geometry fraction equation theorem biology photosynthesis cell osmosis chemistry molecule reaction physics velocity gravity history revolution empire treaty poem novel metaphor grammar verb vocabulary spelling paragraph quiz flashcard tutor seminar lecture syllabus rubric scholarship dormitory campus library experiment hypothesis map climate continent river volcano economy democracy parliament constitution"
        ),
        W("teaches learns explains solves multiplies divides evaporates dissolves orbits rhymes conjugates memorizes graduates enrols"),
        W(
            "curious algebraic historical grammatical gifted weekly oral written interactive introductory advanced multiple-choice quadratic linear organic"
        ),
    ),
    "news": (
        W(
            "minister election parliament coalition senator ballot campaign protest strike union ceasefire treaty sanctions tariff inflation recession stadium striker goalkeeper league championship coach transfer earthquake flood wildfire hurricane drought evacuation rescue satellite rocket orbit startup funding regulator antitrust lawsuit verdict prosecutor suspect investigation museum premiere director actor album festival orchestra gallery vaccine outbreak hospital study journal glacier emission harvest port railway airline"
        ),
        W(
            "announces denies criticizes defeats resigns collapses surges plunges launches unveils condemns negotiates acquits convicts evacuates premieres"
        ),
        W(
            "controversial unanimous record-breaking disputed interim far-reaching bipartisan unprecedented landmark devastating preliminary anonymous exclusive"
        ),
    ),
}
DETS = W("the the the a this that each every any another our their its his her some no one")
PREPS = W(
    "in on at by for from with without under over after before during between against within through across beyond near despite toward"
)
CONJ = [
    "and",
    "but",
    "so",
    "because",
    "although",
    "while",
    "when",
    "if",
    "unless",
    "whereas",
    "since",
    "until",
    "; however,",
    "; therefore",
    "— yet",
    ", which means",
]
ADV = W(
    "often rarely usually already still never always finally quickly slowly carefully recently currently mostly partly nearly clearly simply merely reportedly apparently eventually typically soon again"
)
FIRST = W(
    "Anna Ben Clara David Elena Farid Greta Hiro Ines Jonas Katja Liam Mira Noah Olga Paul Quentin Rosa Sven Tara Umar Vera Wendy Xavier Yuki Zoe Amir Bianca Carlos Dana Erik Fatima Gustav Hannah Igor Julia Kofi Lena Marco Nadia Oscar Priya Rahul Sofia Tomás Ursula Viktor Willem Yara Zainab Aiko Bruno Chen Dilan Esra Felix Giulia Henrik Ivana Jamal Kenji Luisa"
)
LAST = W(
    "Schmidt Garcia Tanaka Novak Rossi Dubois Jensen Kowalski O'Brien Silva Haddad Yilmaz Andersson Fischer Moreau Costa Ivanov Okafor Nguyen Singh Patel Kim Park Suzuki Watanabe Müller Weber Wagner Becker Hoffmann López Martínez Fernández Santos Pereira Larsen Nielsen Virtanen Horvat Popescu Papadopoulos Murphy Walsh Campbell Stewart Baker Turner Cooper Reed Bailey Bell Brooks Hughes Foster Simmons Abbas Rahman Mensah Diallo"
)
CITIES = W(
    "Berlin Hamburg Lisbon Porto Madrid Sevilla Osaka Kyoto Tokyo Cairo Amman Dubai Oslo Bergen Malmö Helsinki Tallinn Riga Warsaw Kraków Prague Brno Vienna Graz Zürich Basel Lyon Nantes Milan Turin Athens Izmir Ankara Boston Denver Austin Seattle Toronto Montréal Lima Bogotá Santiago Recife Nairobi Accra Lagos Mumbai Pune Delhi Seoul Busan Taipei Hanoi Manila Perth Brisbane Auckland"
)
SYL = W(
    "ka lo mi ra ven tor bel nex qua zi dor fen gal hy jor kel lum mar nov op per qui ros sol tri ul vax wen xen yor zan bri cor del ex fi gra"
)


class T:
    "text source around one random generator"

    def __init__(s, r):
        s.r = r

    def c(s, x):
        return s.r.choice(x)

    def n(s, a, b):
        return s.r.randint(a, b)

    def p(s, x):
        return s.r.random() < x

    def word(s, d, k):
        g = (GEN_N, GEN_V, GEN_A)[k]
        return s.c(DOM[d][k]) if s.p(0.6) else s.c(g)

    def np(s, d):
        x = s.c(DETS) + " "
        if s.p(0.55):
            x += s.word(d, 2) + " "
        if s.p(0.2):
            x += s.word(d, 2) + " "
        if s.p(0.3):
            x += s.word(d, 0) + " "
        x += s.word(d, 0)
        if s.p(0.12):
            x = s.c([s.name(), s.brand(), s.c(CITIES), f"{s.n(2,980)} {s.word(d,0)}s"])
        return x

    def clause(s, d):
        x = s.np(d) + " " + (s.c(ADV) + " " if s.p(0.25) else "") + s.word(d, 1) + " " + s.np(d)
        while s.p(0.42):
            x += " " + s.c(PREPS) + " " + s.np(d)
        return x

    def sent(s, d):
        x = s.clause(d)
        if s.p(0.12):
            x = s.c(ADV).capitalize() + ", " + x
        if s.p(0.1):
            x = s.c(PREPS) + " " + s.np(d) + ", " + x
        while s.p(0.33):
            x += " " + s.c(CONJ) + " " + s.clause(d)
        if s.p(0.12):
            x += f" ({s.c([s.date(),str(s.n(3,9999)),s.num(),s.ref()])})"
        return x[0].upper() + x[1:] + s.c(["."] * 9 + ["!", "?"])

    def para(s, d, a=2, b=7):
        return " ".join(s.sent(d) for _ in range(s.n(a, b)))

    def doc(s, d, a=1, b=4):
        return "\n\n".join(s.para(d) for _ in range(s.n(a, b)))

    def title(s, d):
        return " ".join(
            w.capitalize() for w in (s.word(d, 2) + " " + s.word(d, 0) + " " + s.c(PREPS) + " " + s.word(d, 0)).split()[: s.n(2, 4)]
        )

    def name(s):
        return s.c(FIRST) + " " + s.c(LAST)

    def brand(s):
        return "".join(s.c(SYL) for _ in range(s.n(2, 3))).capitalize() + s.c(
            ["", " GmbH", " Ltd", " Inc.", " S.A.", " KK", " AG", "soft", "ly", " Group", " & Sons"]
        )

    def date(s):
        y, m, d = s.n(2023, 2026), s.n(1, 12), s.n(1, 28)
        return s.c(
            [
                f"{y}-{m:02}-{d:02}",
                f"{d:02}.{m:02}.{y}",
                f"{W('January February March April May June July August September October November December')[m-1]} {d}, {y}",
            ]
        )

    def iso(s):
        return f"2026-{s.n(1,11):02}-{s.n(1,28):02}T{s.n(0,23):02}:{s.n(0,59):02}:{s.n(0,59):02}Z"

    def num(s):
        return s.c([f"{s.n(1,999)}.{s.n(0,99):02}", f"€{s.n(5,9000)}", f"{s.n(1,99)}%", f"${s.n(1,900)},{s.n(0,999):03}"])

    def hex(s, k=12):
        return "".join(s.c("0123456789abcdef") for _ in range(k))

    def uuid(s):
        return f"{s.hex(8)}-{s.hex(4)}-4{s.hex(3)}-a{s.hex(3)}-{s.hex(12)}"

    def ref(s):
        return s.c(["INV", "TKT", "ORD", "REF", "CASE", "SKU", "DOC"]) + "-" + str(s.n(1000, 999999))

    def mail(s):
        return f"{s.c(FIRST).lower()}.{s.c(LAST).lower()}@{s.c(SYL)}{s.c(SYL)}.{s.c(['com','de','io','co.jp'])}"

    def url(s):
        return f"https://{s.c(['cdn','img','media','static'])}.{s.c(SYL)}{s.c(SYL)}.{s.c(['com','net','io'])}/{s.hex(6)}/{s.word('shop',0)}-{s.n(1,9999)}.{s.c(['jpg','png','webp'])}"

    def b64(s, k=None):
        return base64.b64encode(s.r.randbytes(k or s.n(900, 5000))).decode()

    def question(s, d):
        q = s.c(
            [
                "How do I",
                "Why does",
                "Can you",
                "What happens when",
                "Where can I find",
                "Is it possible that",
                "Who decides whether",
                "When does",
                "how come",
                "pls help:",
                "Does",
                "What's the",
                "Should I",
                "any idea why",
                "I need",
                "Tell me about",
                "which",
                "could we",
                "hey,",
            ]
        )
        return q + " " + (s.clause(d) if s.p(0.7) else s.np(d)) + s.c(["?", "?", "?", "", "??", "..."])

    def chatty(s, d):
        x = s.c(["", "", "Hi, ", "Hello! ", "hey ", "Good morning, ", "Dear team, ", "ok so ", "Thanks. ", "hmm ", "Yes, "])
        x += s.c([s.question(d), s.sent(d), s.sent(d) + " " + s.question(d), s.para(d, 1, 3), s.np(d)])
        return x + s.c(["", " Thanks!", " thx", f" — {s.c(FIRST)}", " Please hurry.", " 🙏", "", ""])

    def obj(s, d, deep=2):
        o = {}
        for _ in range(s.n(2, 6)):
            k = s.word(d, 0).lower().replace("-", "_") + s.c(["", "_id", "_count", "_name", "", "At"])
            o[k] = (
                s.c([s.n(0, 9999), s.sent(d), s.name(), s.iso(), s.p(0.5), s.ref(), None, s.np(d)])
                if deep < 1 or s.p(0.75)
                else s.c([s.obj(d, deep - 1), [s.np(d) for _ in range(s.n(0, 4))]])
            )
        return o

    def code(s, lines=None):
        f = s.c(CODE)
        t = _src(f)
        k = lines or s.n(8, 45)
        i = s.n(0, max(0, len(t) - k))
        return "\n".join(t[i : i + k])

    def path(s):
        return (
            s.c(["src", "lib", "app", "pkg", "internal", "tests"])
            + "/"
            + s.c(GEN_N)
            + "/"
            + s.c(GEN_N)
            + s.c([".py", ".rs", ".ts", ".go", ".java"])
        )

    def diff(s):
        ls = s.code(s.n(8, 30)).split("\n")
        p = s.path()
        return (
            f"diff --git a/{p} b/{p}\nindex {s.hex(7)}..{s.hex(7)} 100644\n--- a/{p}\n+++ b/{p}\n@@ -{s.n(1,400)},{s.n(3,30)} +{s.n(1,400)},{s.n(3,30)} @@\n"
            + "\n".join(s.c([" ", " ", " ", "+", "+", "-"]) + l for l in ls)
        )

    def vec(s):
        return [round(s.r.uniform(-1, 1), 4) for _ in range(4)]

    def table(s):
        return s.c(GEN_N) + "s"

    def ddl(s):
        return "\n".join(
            f"CREATE TABLE {s.table()} ({', '.join(s.c(GEN_N)+' '+s.c(W('int text timestamptz numeric bool')) for _ in range(s.n(3,8)))});"
            for _ in range(s.n(2, 6))
        )

    # other languages
    def lang(s, l, a=1, b=5):
        return (
            {"de": s.de, "ja": s.ja, "es": s.es, "ar": s.ar, "en": lambda: s.sent("shop"), "fr": s.fr}[l]()
            if b == 1
            else (" " if l != "ja" else "").join(
                {"de": s.de, "ja": s.ja, "es": s.es, "ar": s.ar, "en": lambda: s.sent("shop"), "fr": s.fr}[l]() for _ in range(s.n(a, b))
            )
        )

    def _x(s, N, V, A, D, P, C, end="."):
        def np():
            return s.c(D) + " " + (s.c(A) + " " if s.p(0.5) else "") + s.c(N)

        def cl():
            x = np() + " " + s.c(V) + " " + np()
            while s.p(0.4):
                x += " " + s.c(P) + " " + np()
            return x

        x = cl()
        while s.p(0.35):
            x += " " + s.c(C) + " " + cl()
        if s.p(0.15):
            x += f" ({s.c([s.date(),s.num(),s.ref(),s.name()])})"
        return x[0].upper() + x[1:] + end

    def de(s):
        return s._x(
            DE_N,
            DE_V,
            DE_A,
            W("der die das ein eine unser dieser jede kein mein"),
            W("in mit ohne für nach vor bei über unter wegen zwischen trotz"),
            ["und", "aber", "weil", "obwohl", "während", ", dass", "sondern", "falls"],
        )

    def es(s):
        return s._x(
            ES_N,
            ES_V,
            ES_A,
            W("el la los un una nuestro este cada ningún mi"),
            W("en con sin para por sobre desde hasta según entre"),
            ["y", "pero", "porque", "aunque", "mientras", ", que", "si"],
        )

    def fr(s):
        return s._x(
            FR_N,
            FR_V,
            FR_A,
            W("le la les un une notre ce chaque"),
            W("dans avec sans pour par sur depuis selon"),
            ["et", "mais", "car", "bien que", ", que"],
        )

    def ar(s):
        return s._x(
            AR_N, AR_V, AR_A, W("هذا هذه كل بعض أي تلك"), W("في على من إلى عن مع بعد قبل خلال"), ["و", "لكن", "لأن", "عندما", "إذا", "حيث"]
        )

    def ja(s):
        def np():
            return (s.c(JA_A) if s.p(0.5) else "") + s.c(JA_N)

        x = np() + s.c(["は", "が", "も"])
        while s.p(0.5):
            x += np() + s.c(["の", "に", "で", "から", "と", "へ", "まで"])
        x += np() + "を" + s.c(JA_V)
        if s.p(0.3):
            x = x[:-1] + s.c(["、そして", "、しかし", "、そのため", "、また"]) + np() + "は" + np() + "を" + s.c(JA_V)
        return x + "。"


DE_N = W(
    "Bestellung Rechnung Lieferung Jacke Lampe Schuh Kunde Größe Farbe Rücksendung Paket Gutschein Konto Passwort Adresse Termin Vertrag Kündigung Gebühr Steuer Zahlung Mahnung Filiale Lager Hersteller Garantie Reparatur Werkstatt Motor Heizung Versicherung Schaden Antrag Behörde Schule Aufgabe Prüfung Lehrer Arzt Rezept Untersuchung Wohnung Miete Nachbar Garten Fahrrad Zug Bahnhof Verspätung Urlaub Reise Hotel Zimmer Frühstück Strand Wanderung Gepäck Flug Auto Straße Brücke Stadt Dorf Wald Wetter Regen Sommer Winter Woche Abend Morgen Stunde Frage Antwort Problem Lösung Hinweis Angebot Preis Rabatt Artikel Stoff Leder Holz Baumwolle Kissen Tisch Stuhl Regal Schrank Teppich Spiegel Messer Pfanne Kaffeemaschine Kopfhörer Ladegerät"
)
DE_V = W(
    "bestellt liefert bezahlt kündigt repariert prüft versendet erhält verliert findet empfiehlt braucht kauft verkauft öffnet schließt wartet beginnt endet ändert bestätigt storniert beantragt erklärt zeigt verspricht passt wärmt schützt kostet enthält verbindet ersetzt besucht erreicht verpasst bucht meldet fordert"
)
DE_A = W(
    "neue alte große kleine defekte schnelle langsame günstige teure rote blaue warme kalte wasserdichte bequeme moderne schöne verspätete offene falsche richtige kostenlose jährliche monatliche dringende letzte nächste gebrauchte handgefertigte nachhaltige leichte schwere"
)
ES_N = W(
    "pedido factura entrega chaqueta lámpara zapato cliente talla color devolución paquete cupón cuenta contraseña dirección cita contrato cuota impuesto pago tienda almacén fabricante garantía reparación motor seguro daño solicitud escuela tarea examen profesor médico receta piso alquiler vecino jardín bicicleta tren estación retraso viaje hotel habitación desayuno playa excursión equipaje vuelo coche calle puente ciudad pueblo bosque lluvia verano invierno semana noche mañana hora pregunta respuesta problema solución oferta precio descuento artículo tela cuero madera algodón cojín mesa silla estante armario alfombra espejo cuchillo sartén cafetera auricular cargador"
)
ES_V = W(
    "compra vende entrega paga cancela repara revisa envía recibe pierde encuentra recomienda necesita abre cierra espera empieza termina cambia confirma solicita explica muestra promete calienta protege cuesta contiene conecta reemplaza visita alcanza reserva exige"
)
ES_A = W(
    "nuevo viejo grande pequeño roto rápido lento barato caro rojo azul cálido frío impermeable cómodo moderno bonito tardío abierto falso correcto gratuito anual mensual urgente último próximo usado artesanal sostenible ligero pesado"
)
FR_N = W(
    "commande facture livraison veste lampe chaussure client taille couleur retour colis compte adresse contrat paiement magasin garantie réparation moteur assurance école examen médecin loyer jardin vélo train gare voyage hôtel chambre plage vol voiture rue ville forêt pluie été hiver semaine question réponse problème solution prix remise article cuir bois coton table chaise miroir couteau"
)
FR_V = W(
    "achète vend livre paie annule répare vérifie envoie reçoit perd trouve recommande ouvre ferme attend commence termine change confirme demande explique montre protège coûte contient remplace visite réserve"
)
FR_A = W(
    "nouveau vieux grand petit cassé rapide lent cher rouge bleu chaud froid moderne joli gratuit annuel urgent dernier prochain léger lourd"
)
AR_N = W(
    "الطلب الفاتورة التوصيل السترة المصباح الحذاء العميل المقاس اللون الإرجاع الطرد القسيمة الحساب العنوان الموعد العقد الرسوم الضريبة الدفع المتجر المستودع الضمان الإصلاح المحرك التأمين الضرر المدرسة الواجب الامتحان المعلم الطبيب الوصفة الشقة الإيجار الجار الحديقة الدراجة القطار المحطة التأخير السفر الفندق الغرفة الفطور الشاطئ الرحلة الأمتعة السيارة الشارع الجسر المدينة القرية الغابة المطر الصيف الشتاء الأسبوع المساء الصباح الساعة السؤال الجواب المشكلة الحل العرض السعر الخصم القماش الجلد الخشب القطن الطاولة الكرسي المرآة السكين"
)
AR_V = W(
    "يشتري يبيع يوصل يدفع يلغي يصلح يفحص يرسل يستلم يفقد يجد يوصي يحتاج يفتح يغلق ينتظر يبدأ ينتهي يغير يؤكد يطلب يشرح يعرض يعد يحمي يكلف يحتوي يستبدل يزور يصل يحجز"
)
AR_A = W(
    "الجديد القديم الكبير الصغير المكسور السريع البطيء الرخيص الغالي الأحمر الأزرق الدافئ البارد المريح الحديث الجميل المتأخر المفتوح الصحيح المجاني السنوي العاجل الأخير القادم الخفيف الثقيل"
)
JA_N = "注文 請求書 配送 上着 照明 靴 お客様 サイズ 色 返品 荷物 クーポン アカウント パスワード 住所 予約 契約 解約 手数料 税金 支払い 店舗 倉庫 保証 修理 機械 保険 申請 学校 宿題 試験 先生 医師 処方箋 検査 部屋 家賃 庭 自転車 電車 駅 遅延 旅行 ホテル 朝食 海岸 散策 飛行機 車 道路 橋 町 森 天気 雨 夏 冬 週末 夜 朝 時間 質問 回答 問題 解決策 提案 価格 割引 商品 布 革 木材 綿 机 椅子 棚 鏡 包丁 鍋 充電器 会議 資料 部長 営業 見積書 納期 品質 工場 部品 在庫 顧客 担当者".split()
JA_V = "注文します。 確認します。 送ります。 受け取ります。 探しています。 勧めます。 必要とします。 開きます。 閉じます。 待っています。 始めます。 変更します。 説明します。 見せます。 守ります。 交換します。 訪れます。 予約します。 報告します。 検討します。 比較しました。 提出しました。 忘れました。 失いました。".replace(
    "。", ""
).split()
JA_A = "新しい 古い 大きな 小さな 壊れた 早い 遅い 安い 高い 赤い 青い 暖かい 冷たい 便利な 快適な 美しい 重要な 無料の 毎月の 緊急の 最後の 次の 軽い 重い 特別な 丈夫な".split()
_L = sysconfig.get_paths()["stdlib"]
CODE = sorted(os.path.join(_L, f) for f in os.listdir(_L) if f.endswith(".py") and os.path.getsize(os.path.join(_L, f)) > 4000)
_cache = {}


def _src(f):
    if f not in _cache:
        _cache[f] = open(f, encoding="utf8", errors="replace").read().split("\n")
    return _cache[f]
