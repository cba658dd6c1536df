"""The words that belong to a number in running text: bounds, scales, units, currencies, numerals.

In small letters, but for symbols and codes. Entries are regular expressions for use in an
alternation, in which a space stands for white space; numerals and articles are plain words. The
lists hold the common words of the languages that desks quote from and are kept wide, for a longer
quote can always be taken. Left out are words that say something else more often ("to", "by", French
"de", Polish "do"), and nouns that are counted ("9 ships").
"""

# Stand before a number and say on which side of it, or how near to it, the value lies.
BOUNDS = {
    "en": (
        "(?:(?:no|not|any) )?(?:more|less|fewer|greater|larger|smaller|higher|lower|other) than"
        "|at (?:the )?(?:very )?(?:least|most)"
        "|as (?:many|much|few|little|high|low) as"
        "|(?:a )?(?:minimum|maximum|estimated|upwards|in excess|excess|short|north|south) of"
        "|an estimated"
        "|up to"
        "|close to"
        "|over|under|above|below|beyond|exceeding|approaching"
        "|about|around|roughly|approximately|approx\\.?|circa|ca\\.?|c\\.|some|nearly|almost"
        "|minimum|maximum|min\\.|max\\."
    ),
    "de": (
        "(?:nicht )?(?:mehr|weniger) als"
        "|bis zu|an die|um die|nahe an"
        "|mindestens|wenigstens|zumindest|höchstens|maximal|minimal|über|unter|oberhalb von"
        "|etwa|ungefähr|rund|circa|zirka|knapp|gut|annähernd|beinahe|nahezu|fast|schätzungsweise"
    ),
    "fr": (
        "(?:pas )?(?:plus|moins) (?:de|d['’])"
        "|au (?:moins|plus|minimum|maximum)|près (?:de|d['’])|autour de|à peu près|jusqu['’]à"
        "|environ|presque|quelque|quasiment|approximativement|à peine"
    ),
    "es": (
        "(?:no )?(?:más|menos) (?:de|que)"
        "|(?:al|por lo) menos|como (?:mínimo|máximo)|cerca de|alrededor de|hasta|en torno a"
        "|casi|unos|unas|aproximadamente|mínimo|máximo"
    ),
    "pt": (
        "(?:não )?mais de|menos de|(?:pelo|ao) menos|no (?:máximo|mínimo)|cerca de|até|quase"
        "|aproximadamente|uns|umas|acima de|abaixo de"
    ),
    "it": (
        "(?:non )?(?:più|meno) (?:di|che)|almeno|al (?:massimo|minimo)|fino a|intorno a|oltre"
        "|quasi|circa|approssimativamente"
    ),
    "nl": (
        "(?:niet )?(?:meer|minder) dan|ten (?:minste|hoogste)|tot wel"
        "|minstens|hoogstens|maximaal|minimaal|ongeveer|bijna|zo['’]n|ruim|circa|krap"
    ),
    "sv da no": (
        "(?:inte |ikke )?(?:mer|mere|mindre|färre|færre) (?:än|end|enn)"
        "|minst|mindst|högst|høyst|højst|omkring|cirka|nästan|næsten|nesten|ungefär|omtrent"
        "|över|upp till|op til|opp til"
    ),
    "fi": "yli|noin|vähintään|enintään|lähes|vajaat?|runsaat?|jopa",
    "pl": (
        "(?:nie )?(?:więcej|mniej) niż|co najmniej|co najwyżej|przynajmniej|nie mniej|nie więcej"
        "|ponad|około|ok\\.|blisko|prawie|niemal|przeszło|poniżej|powyżej|niespełna|aż do"
        "|maksymalnie"
    ),
    "cs sk": (
        "(?:ne)?(?:více|méně|viac|menej) (?:než|ako)|přes|asi|přibližně|zhruba|téměř|skoro"
        "|alespoň|nejméně|nejvýše|najmenej|najviac|okolo|až|vyše|takmer|približne"
    ),
    "hu": "(?:több|kevesebb),? mint|legalább|legfeljebb|körülbelül|mintegy|csaknem|közel|kb\\.",
    "ro": (
        "(?:nu )?(?:mai mult|mai puțin) de|cel (?:puțin|mult)|aproape|aproximativ|peste|sub"
        "|până la|circa|în jur de"
    ),
    "hr sr": "(?:više|manje) od|najmanje|najviše|oko|preko|gotovo|skoro|(?:више|мање) од|преко",
    "ru": (
        "(?:не )?(?:более|менее|больше|меньше|выше|ниже)(?:,? чем)?|свыше|около|порядка|почти"
        "|примерно|приблизительно|ориентировочно|как минимум|как максимум|по меньшей мере"
        "|по крайней мере|минимум|максимум|до|вплоть до|чуть (?:более|менее|больше|меньше)"
    ),
    "uk": (
        "(?:не )?(?:більше|менше|більш|менш)(?:,? (?:ніж|як|за))?|понад|близько|майже|орієнтовно"
        "|щонайменше|щонайбільше|приблизно|мінімум|максимум"
    ),
    "bg": "повече от|по-(?:малко|голям\\w*) от|над|близо|поне|най-(?:малко|много)|околу",
    "el": "πάνω από|περισσότερ\\w+ από|λιγότερ\\w+ από|τουλάχιστον|περίπου|σχεδόν|έως",
    "tr": "yaklaşık|en az|en fazla|en çok|neredeyse|takriben",
    "id ms": (
        "(?:tidak )?(?:lebih|kurang) dari(?:pada)?|setidaknya|sekitar|hampir|hingga|sedikitnya"
        "|paling (?:banyak|sedikit)"
    ),
    "vi": "hơn|ít nhất|nhiều nhất|khoảng|gần|tối đa|tối thiểu|dưới|trên",
    "ar fa": (
        "(?:لا )?(?:أكثر|اكثر|أقل|اقل) من|ما لا يقل عن|ما يزيد (?:على|عن)|ما يقرب من|حوالي|نحو"
        "|قرابة|زهاء|على الأقل|يزيد (?:على|عن)|بیش از|کمتر از|حدود|نزدیک به|دست‌کم"
    ),
    "hi": "लगभग|करीब|क़रीब|कम से कम|अधिकतम",
    "ko": "약|최소|최대|거의|대략",
}

# The same in scripts that write no spaces, and with a preposition that is written onto the number.
UNSPACED_BOUNDS = (
    "(?:不|没有|沒有|未)?(?:超过|超過|多于|多於|少于|少於|高于|高於|低于|低於)|超|逾|至少|最少"
    "|最多|至多|多达|多達|高达|高達|不到|不足|不下|将近|將近|接近|(?<![最附])近|大约|大約|约|約|大概|上看"
    "|最大|最低|最高|およそ|ほぼ|少なくとも|せいぜい"
    "|มากกว่า|น้อยกว่า|ประมาณ|อย่างน้อย|ไม่เกิน|เกือบ|กว่า"
    "|(?:יותר|פחות) מ[-־]?|לפחות|לכל היותר|כמעט|בערך|מעל|עד|כ[-־]"
)

# Signs that are written as words. A plus is none: a number without it is the same.
SIGNS = "minus|negative|moins|минус|мінус|manus|marínus|mínus|mínusz|ناقص|سالب|マイナス|负|負"
UNSPACED_SIGNS = "百分之|千分之|负|負|マイナス"

# Stand behind a number, its scale, its unit, or the one word for what is counted.
BOUNDS_BEHIND = (
    "or (?:so|thereabouts)"
    "|or (?:more|less|fewer|over|under|above|below|higher|lower|greater)"
    r"|and (?:more|over|under|above|below|upwards?)(?!\s\w)"
    "|oder (?:mehr|weniger)|und (?:mehr|darüber)"
    "|ou (?:plus|moins|davantage|mais|menos)|et plus"
    "|o (?:más|menos|più|meno)|y más|e (?:più|oltre|mais)"
    "|of (?:meer|minder)|eller (?:mer|mere|mindre|fler|flere|færre)"
    "|(?:lub|albo) (?:więcej|mniej)|i więcej|(?:nebo|či|a) (?:více|méně)"
    "|(?:или|и) (?:более|больше|менее|меньше|выше|ниже)(?! чем)"
    "|(?:або|чи|і|й|та) (?:більше|менше)"
    "|أو (?:أكثر|أقل)|فأكثر|से (?:अधिक|ज़्यादा|ज्यादा|कम)|이상|이하|미만|이내|정도|가량|안팎"
)
# Behind the number, its scale and its unit alone, and in front of no further word.
OUTER_BOUNDS_BEHIND = (
    "at (?:the )?(?:very )?(?:least|most)|in total|mindestens|höchstens|au (?:moins|plus|maximum)"
    "|environ|al menos|por lo menos|como (?:mínimo|máximo)|como mucho|almeno|circa"
    "|как минимум|по меньшей мере|по крайней мере|على الأقل|تقريبا|تقريباً"
)
UNSPACED_BOUNDS_BEHIND = (
    "以上|以下|以内|以內|左右|上下|未満|未满|程度|前後|前后|ほど|くらい|ぐらい|余り|有余|有餘|之多"
)

SCALES = (
    "dozens?|scores?|tens|hundreds?|thousands?|thd|millions?|billions?|trillions?|quadrillions?"
    "|mill?|mn|bn|tn|mln|mld|bln|trln|crores?|lakhs?|fold"
    "|dutzend|hundert\\w?|tausend\\w?|tsd\\.?|mio\\.?|mrd\\.?|bio\\.?|million(?:en)?|milliarden?"
    "|billion(?:en)?|billiarden?"
    "|douzaines?|centaines?|mille|milliers|milliards?|billions?"
    "|docenas?|cientos|cientas|mil|miles|mill[oó]n(?:es)?|billones|millardos?"
    "|milhões|milhão|bilhões|bilhão|bilião|biliões|trilhões|milhares"
    "|mila|milion[ei]|miliard[oi]|migliaia|centinaia"
    "|duizend|miljoen|miljard|biljoen|tusen|tusind|miljon(?:er)?|million(?:er)?|milliard(?:er)?"
    "|miljard(?:er)?|miljoonaa?|miljardia?|tuhatta"
    "|tys\\.?|tysi[aą]c\\w*|milion\\w*|miliard\\w*|bilion\\w*|tisíc\\w*|mil\\.|mld\\.|milij\\w+"
    "|ezer|milliós?|milliárd\\w*|mii|milioane|miliarde|bin(?! ich)|milyon|milyar|trilyon"
    "|тыс\\.?|тысяч\\w*|млн\\.?|миллион\\w*|млрд\\.?|миллиард\\w*|трлн\\.?|триллион\\w*"
    "|сот(?:ен|ни)"
    "|десят(?:ков|ки)|тис\\.?|тисяч\\w*|мільйон\\w*|мільярд\\w*|трильйон\\w*|хил\\.?|хиляди"
    "|милион\\w*|милиард\\w*|хиљад\\w*|милијард\\w*"
    "|χιλιάδες|εκατ\\.?|εκατομμύρι\\w+|δισ\\.?|δισεκατομμύρι\\w+|nghìn|ngàn|triệu|tỷ|tỉ|ribu"
    "|juta|miliar|triliun"
    "|ألف|آلاف|مليون|ملايين|مليار|مليارات|تريليون|بليون|هزار|میلیون|میلیارد|אלף|אלפי|מיליון|מיליארד"
    "|हज़ार|हजार|लाख|करोड़|अरब|मिलियन|बिलियन|천|만|억|조"
)
UNSPACED_SCALES = "ร้อย|พัน|หมื่น|แสน|ล้าน|多万|多亿|余万|余亿|餘萬|多萬|[多余餘](?=[万亿萬億])"

UNITS = (
    # Of several words, before their first word alone
    "tonn?e?s? of (?:oil|coal) equivalent|(?:us|imperial) gallons?|(?:avoirdupois|troy) \\w+"
    "|british thermal units?|barrels? of oil(?: equivalent)?"
    # Shares, steps of an index, multiples
    "|per ?cent points?|percentage points?|per ?cent|basis points?|points?|per ?mille?|pct"
    "|prozent(?:punkte?\\w?)?|pour ?cents?|points? de pourcentage|por ?cen?to"
    "|puntos?(?: porcentuales)?|pontos percentuais|per cento|punti percentuali|procent\\w*"
    "|proc\\.?|punkt\\w*|százalék\\w*"
    "|процент\\w*|відсот\\w*|п\\.? ?п\\.?|yüzde|prosenttia?|بالمئة|بالمائة|في المئة|في المائة|درصد"
    "|אחוז(?:ים)?|प्रतिशत|फीसदी|퍼센트|퍼센트포인트|times|-?fold|mal|fois|veces|vezes|volte|раза?|razy"
    # Lengths and areas
    "|(?:square|cubic|sq\\.?|cu\\.?|nautical|naut\\.) \\w+|\\w*met(?:re|er)s?|\\w*m[eè]tres?"
    "|metros?|kil[oóôò]met\\w+|inch(?:es)?|foot|feet|yards?|miles?|hectares?|acres?|hektar\\w*"
    "|hectáreas?"
    "|(?:quadrat|kubik)\\w+|quadratkilometer|meilen?|milhas?|millas?|mill?es|милл?\\w*|мил[ьи]"
    "|(?:кв|куб)\\.? ?\\w+|квадратн\\w+|кубическ\\w+|кубометр\\w*|километр\\w*|кілометр\\w*"
    "|метр\\w*"
    '|км|км²|м²|м³|га|гектар\\w*|كيلومتر\\w*|كم|متر\\w*|ק"מ|קילומטר\\w*|킬로미터|미터|किलोमीटर|metri|km²'
    # Masses and volumes
    "|(?:metric |short |long )?ton(?:ne)?s?|tonnen?|tonelad\\w+|tonnellat\\w+"
    "|\\w*gram(?:me)?s?|kilos?"
    "|kilogramm\\w*|quilos?|quintals?|ounces?|pounds?|lbs?|(?:kilo|mega|giga)tonnes?|lit(?:re|er)s?"
    "|litros?|gallons?|barrels?|barils?|barriles|barris|barili|bushels?|ton|tonn?y?|ton[ną]\\w?"
    "|тонн\\w*|тон|килограмм\\w*|кг|грамм\\w*|литр\\w*|баррел\\w*|барел\\w*|طن|أطنان|برميل|براميل"
    "|טון|톤|टन"
    # Energies, powers, speeds, temperatures
    "|\\w*watt(?:s|(?:-| )?hours?|stunden?)?|(?:кило|мега|гига|тера)?ватт\\w*|кВт\\w?"
    "|МВт\\w?|ГВт\\w?"
    "|\\w*joules?|\\w*calories?|knots?|degrees?|grad|degrés?|grados?|graus"
    "|градус\\w*|килотонн\\w*|мегаватт\\w*|درجة"
    # Times, eras, information
    "|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies)"
    "|sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|uhr|heures?|jours?"
    "|semaines?|mois"
    "|ans|années?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?|ore|giorn[oi]|mes[ie]|ann[oi]"
    "|godzin\\w*|dni|tygodni\\w*|miesi[ąę]c\\w*|lata?|lat|секунд\\w*|минут\\w*|час(?:а|ов)?"
    "|дн(?:ей|я)|день|недел\\w*|месяц\\w*|лет|годин\\w*|днів|тижн\\w*|місяц\\w*|років|ساعة|يوما"
    "|أيام|سنوات|سنة|years? old|o['’]clock|a\\.m\\.|p\\.m\\.|pm|(?:kilo|mega|giga|tera)bytes?"
    "|v\\. ?chr\\.|до н\\. ?э\\."
)
# Symbols, written in this case only. A capital letter alone is not one before a point or a name.
UNIT_SYMBOLS = (
    "\\w{1,4}[²³]?/(?:s|h|d|a|y|yr|year|day|month|hour)"
    "|(?:(?:[A-Z][a-z]+|U\\.?S\\.?|U\\.?K\\.?) ){1,2}(?:dollars?|pounds?|francs?|pesos?"
    "|rupees?|reals?"
    "|reais|rials?|riyals?|dinars?|won|kron\\w+|lira|tons?|gallons?)"
    "|[kMGTmcdµμn]?(?:m|g|l|L|t|W|Wh|J|V|Hz|Pa|eV|B)[²³]?(?:/\\w+)?|m?s|h|[kKMTb]"
    "|m[²³23]|k?m[²³23]|mi[²2]?|sq\\.? ?\\w+|ft[²³23]?|yd|nmi|ha|kt|Mt|Gt|KM|kwh|KWH|KWh|kph"
    "|km/h|mph|kn"
    "|lbs?|oz|bcm|tcm|bcf|tcf|mcm|mmcm|Bcm|Tcf|bbl|b/d|bpd|bbl/d|kb/d|mb/d|mbd|Btu|BTU|MMBtu|mmbtu"
    "|k?toe|Mtoe|tce|kcal|cal|min|hrs?|yrs?|pp|p\\.p\\.|pps|pct|bps?|ppm|ppb|dpt|TEU|dwt|DWT"
    "|GT|EJ|PJ|BCE?|AD|CE"
)
UNSPACED_UNITS = (
    "吨|噸|万吨|公斤|千克|毫克|公里|千米|平方\\w{1,2}|立方\\w{1,2}|公顷|公頃|英亩|亩|海里|英里|厘米"
    "|毫米|米(?![国國中軍])|升|桶|美元|欧元|歐元|人民币|人民幣|元|卢布|盧布|日元|日圓|日圆|韩元|韓元|英镑"
    "|英鎊|港元|港币|兆瓦|千瓦时|千瓦|摄氏度|个百分点|個百分點|百分点|百分點|个基点|倍|小时|小時|分钟"
    "|分鐘|天|个月|個月|个季度|トン|キロ\\w*|メートル|ドル|ユーロ|ルーブル|円|ウォン|ポンド|パーセント|ポイント"
    "|時間|[かカヶヵ]月|バレル|ヘクタール|กิโลเมตร|ตัน|บาท|ดอลลาร์|เปอร์เซ็นต์|ปี"
)

CURRENCIES = (
    "(?:[a-z]{2}\\.?[a-z]?\\.? |[a-z]+(?:n|se|sh|ch|i) )?(?:dollars?|pounds?(?: sterling)?"
    "|francs?|pesos?"
    "|rupees?|rupiah|rials?|riyals?|reais|dinars?|dirhams?|krona|kronor|kroner?|krones?|koruna"
    "|lira|won(?! (?:an?|the|by|their|his|more|seats?)\\b)|r(?:o)?ubles?|yuan|renminbi|yen"
    "|euros?|cents?|hryvnias?|zlot(?:y|ys|ych|e)|złot\\w+"
    "|forints?|tenge|lari|shekels?|baht|rand|ringgit|naira|tugriks?|sterling|quid)"
    "|dólares?|dollari|dolar\\w*|доллар\\w*(?: сша)?|долар\\w*(?: сша)?|рубл\\w*|руб\\.?|евро"
    "|євро|юан\\w*|гривен\\w*"
    "|гривн\\w*|грн|фунт\\w*|иен\\w*|тенге|rubl[eio]\\w*|rubel|rubli|roubles|franken|pfund|kronen"
    "|libras?|yuanes|yenes|iuan\\w*|دولار\\w*|يورو|روبل|يوان|ريال|דולר\\w*|שקל\\w*|אירו|יורו"
    "|달러|유로|원|엔"
    "|위안|루블|डॉलर|रुपये|रुपए|रुपया"
)
CURRENCY_CODES = (
    "AED|ARS|AUD|AZN|BRL|BYN|CAD|CHF|CNY|CNH|RMB|CZK|DKK|EGP|EUR|GBP|GEL|HKD|HUF|IDR|ILS|INR|IRR"
    "|JPY|KGS|KRW|KZT|MDL|MNT|MXN|MYR|NGN|NOK|NZD|PKR|PLN|QAR|RON|RSD|RUB|RUR|SAR|SEK|SGD|THB|TRY"
    "|TWD|UAH|USD|UZS|VND|XDR|SDR|ZAR|Rs\\.?|US\\$|HK\\$|A\\$|C\\$|NT\\$|R\\$|Fr\\.?|kr\\.?"
)

# How often: behind a unit, a scale or the number itself.
RATES = (
    "per (?:second|minute|hour|day|week|month|quarter|year|annum|1,?000|100,?000|million)"
    "|(?:pro|je) (?:sekunde|minute|stunde|tag|woche|monat|quartal|jahr|kopf|einwohner)"
    "|par (?:seconde|minute|heure|jour|semaine|mois|an|habitant)|(?:por|al) (?:segundo|minuto|hora"
    "|día|dia|semana|mes|mês|año|ano)|all['’]anno|al giorno|в (?:секунду|минуту|час|сутки|день"
    "|неделю|месяц|год)|на (?:год|день|місяць|рік)|w ciągu (?:roku|doby)|rocznie|dziennie"
)
# Those that need a unit, a scale or a percentage before them: "in 2025 a year of" has none.
RATES_BEHIND_UNITS = "an? (?:second|minute|hour|day|week|month|quarter|year)|(?:per|pro) \\w+"

# Numbers that are written as words, and endings of such words.
NUMERALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred hundreds thousand thousands million millions billion billions trillion trillions"
    " dozen dozens tens half several few"
    " zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert hunderte"
    " tausend tausende millionen milliarden anderthalb eineinhalb"
    " deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante cinquante"
    " soixante cent mille milliers milliards"
    " dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta"
    " cincuenta cien ciento cientos millones dois duas três quatro oito nove dez vinte trinta cem"
    " tre quattro cinque sette otto dieci venti cento"
    " dwa dwie dwóch trzy trzech cztery czterech pięć pięciu sześć sześciu siedem siedmiu osiem"
    " ośmiu dziewięć dziewięciu dziesięć dziesięciu dwadzieścia sto stu pół"
    " два две двух три трех трёх четыре четырех четырёх пять пяти шесть шести семь семи восемь"
    " восьми девять девяти десять десяти двадцать двадцати тридцать тридцати сорок сорока"
    " пятьдесят пятидесяти шестьдесят семьдесят восемьдесят девяносто ста сто двести двухсот"
    " триста трехсот трёхсот полтора полторы полутора сотни десятки тысячи миллионы"
    " дві двох трьох чотири чотирьох пять шість сім вісім девять сотні тисячі мільйони"
)
NUMERAL_ENDINGS = ("zehn", "zig", "надцать", "надцати", "надцять", "надцяти")
# An article counts as a number before a scale only: "more than a million".
ARTICLES = "a an un une una um uma ein eine einer einen en ett et один одна одного jeden"

# Words before a year, behind which "2025 euro area" is no number of euros.
YEAR_CUES = (
    "in|since|until|till|during|early|mid|late|through|im|seit|en|depuis|em|anno"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan\\.?|feb\\.?|mar\\.?|apr\\.?|jun\\.?|jul\\.?|aug\\.?|sept?\\.?|oct\\.?|nov\\.?|dec\\.?"
    "|q[1-4]|h[12]|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril"
    "|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio"
    "|julio|agosto|septiembre|octubre|noviembre|diciembre|января|февраля|марта|апреля|мая|июня"
    "|июля|августа|сентября|октября|ноября|декабря"
)

# Around the two numbers of a range; behind "from" two numbers are a change.
BETWEEN = (
    "between|zwischen|entre|между|між|między|tra|fra|mellan|mellem|mellom|tussen|mezi"
    "|între|بين|antara|giữa"
)
AND = "and|und|et|y|e|и|та|і|i|a|en|og|och|și|و|dan|và"
TO = "to|or|bis|oder|или|або"
FROM = "from|von|от|с|either|between|de|od|из"
