"""The table of units: by dimension, factor in its base unit, names, symbols.

Percent and percentage point are two dimensions; so are days and months, since a month has no fixed
number of days. A word that could mean several units (ton, ounce, gallon) is in none: it has to be
said which. One that could mean several currencies (dollar, rouble, £) means that of the property,
where it is one of them. Degrees are in none either: 20 °C is not twice 10 °C, and what is
said of temperatures are differences as often, which convert otherwise; a property in °C takes
numbers as they are. Names are divided by bars, symbols by spaces.

Factors are exact. Minute, hour, day, hectare, litre and tonne: SI Brochure, 9th edition (BIPM,
2019), table 8. The others follow from the inch of 0.0254 m, the pound of 0.45359237 kg, the US
gallon of 231 cubic inches, the barrel of 42 gallons and the International Table calorie of 4.1868
J: the Btu heats a pound by a degree Fahrenheit, a tonne of oil or coal equivalent is 10 or 7
million kilocalories, the oil one as the International Energy Agency defines it.
"""

DIMENSIONS: dict[str, list[tuple[str, str, str]]] = {
    "a share": [
        ("1", "percent|per cent|prozent|procent|процент|процента|процентов", "% pct"),
        ("0.1", "per mille|permille", "‰"),
    ],
    "a difference of shares": [
        ("1", "percentage point|percent point", "pp p.p."),
        ("0.01", "basis point", "bp bps"),
    ],
    "a length": [
        ("0.001", "millimetre|millimeter", "mm"),
        ("0.01", "centimetre|centimeter", "cm"),
        ("1", "metre|meter", "m"),
        ("1000", "kilometre|kilometer", "km"),
        ("0.0254", "inch|inches", ""),
        ("0.3048", "foot|feet", "ft"),
        ("0.9144", "yard", "yd"),
        ("1609.344", "mile", "mi"),
        ("1852", "nautical mile", "nmi"),
    ],
    "an area": [
        ("0.09290304", "square foot|square feet|sq ft|sq. ft.|sq. ft", "ft² ft2"),
        ("1", "square metre|square meter|sq m|sq. m.|sq. m|sqm", "m² m2"),
        ("10000", "hectare", "ha"),
        ("1000000", "square kilometre|square kilometer|sq km|sq. km|sq. km.", "km² km2"),
        ("4046.8564224", "acre", ""),
        ("2589988.110336", "square mile|sq mi|sq. mi|sq. mi.", "mi² mi2"),
    ],
    "a mass": [
        ("0.001", "gram|gramme", "g"),
        ("1", "kilogram|kilogramme", "kg"),
        ("1000", "tonne|metric ton|metric tonne", "t"),
        ("1000000", "kilotonne", "kt"),
        ("1000000000", "megatonne", "Mt"),
        ("0.45359237", "avoirdupois pound", "lb lbs"),
        ("907.18474", "short ton", ""),
        ("1016.0469088", "long ton", ""),
    ],
    "a volume": [
        ("0.001", "litre|liter", "l L"),
        ("1", "cubic metre|cubic meter|cu m|cu. m|cu. m.", "m³ m3"),
        ("1000000000", "billion cubic metres|billion cubic meters", "bcm"),
        ("1000000000000", "trillion cubic metres|trillion cubic meters", "tcm"),
        ("0.028316846592", "cubic foot|cubic feet|cu ft|cu. ft|cu. ft.", "ft³ ft3"),
        ("28316846.592", "billion cubic feet", "bcf"),
        ("28316846592", "trillion cubic feet", "tcf"),
        ("0.158987294928", "barrel", "bbl"),
        ("0.003785411784", "US gallon", ""),
        ("0.00454609", "imperial gallon", ""),
    ],
    "a volume per year": [
        ("1", "cubic metre per year|cubic metres per year|cubic meters per year", "m³/year"),
        (
            "1000000000",
            "bcm per year|bcm a year|bcm per annum|billion cubic metres per year",
            "bcm/year bcm/y bcm/yr bcm/a",
        ),
    ],
    "a volume per day": [
        ("1", "barrel per day|barrels per day|barrels a day", "b/d bpd bbl/d"),
        ("1000", "thousand barrels per day", "kb/d"),
        ("1000000", "million barrels per day|million barrels a day", "mb/d"),
    ],
    "a mass per year": [
        ("1", "tonne per year|tonnes per year|tonnes a year", "t/year t/y t/yr"),
        ("1000000", "million tonnes per year|million tonnes a year", "Mt/year Mt/y Mt/yr"),
    ],
    "a speed": [
        ("3.6", "metre per second|metres per second", "m/s"),
        ("1", "kilometre per hour|kilometres per hour|kilometers per hour", "km/h kph"),
        ("1.609344", "mile per hour|miles per hour", "mph"),
        ("1.852", "knot", "kn"),
    ],
    "an energy": [
        ("1", "joule", "J"),
        ("1000", "kilojoule", "kJ"),
        ("1000000", "megajoule", "MJ"),
        ("1000000000", "gigajoule", "GJ"),
        ("1000000000000", "terajoule", "TJ"),
        ("1000000000000000", "petajoule", "PJ"),
        ("1000000000000000000", "exajoule", "EJ"),
        ("3600", "watt-hour|watt hour", "Wh"),
        ("3600000", "kilowatt-hour|kilowatt hour", "kWh"),
        ("3600000000", "megawatt-hour|megawatt hour", "MWh"),
        ("3600000000000", "gigawatt-hour|gigawatt hour", "GWh"),
        ("3600000000000000", "terawatt-hour|terawatt hour", "TWh"),
        ("1055.05585262", "British thermal unit", "Btu BTU"),
        ("1055055852.62", "million British thermal units", "MMBtu"),
        ("41868000000", "tonne of oil equivalent|tonnes of oil equivalent", "toe"),
        ("41868000000000000", "million tonnes of oil equivalent", "Mtoe"),
        ("29307600000", "tonne of coal equivalent|tonnes of coal equivalent", "tce"),
    ],
    "a power": [
        ("1", "watt", "W"),
        ("1000", "kilowatt", "kW"),
        ("1000000", "megawatt", "MW"),
        ("1000000000", "gigawatt", "GW"),
        ("1000000000000", "terawatt", "TW"),
    ],
    "a length of time": [
        ("1", "second", "s"),
        ("60", "minute", "min"),
        ("3600", "hour", "h"),
        ("86400", "day", ""),
        ("604800", "week", ""),
    ],
    "a number of months": [
        ("1", "month", ""),
        ("3", "quarter", ""),
        ("12", "year", ""),
        ("120", "decade", ""),
        ("1200", "century|centuries", ""),
    ],
}

# Codes of ISO 4217, each its own dimension, with the names and signs that mean this one only.
CURRENCIES: dict[str, tuple[str, str]] = {
    "AED": ("", ""),
    "ARS": ("Argentine peso", ""),
    "AUD": ("Australian dollar", "A$"),
    "AZN": ("", ""),
    "BRL": ("Brazilian real|Brazilian reais", "R$"),
    "BYN": ("Belarusian rouble|Belarusian ruble", ""),
    "CAD": ("Canadian dollar", "C$"),
    "CHF": ("Swiss franc", ""),
    "CNY": ("yuan|renminbi|RMB|юань|юаня|юаней|人民币|人民幣", ""),
    "CZK": ("Czech koruna", ""),
    "DKK": ("Danish krone", ""),
    "EGP": ("Egyptian pound", ""),
    "EUR": ("euro|евро|євро|欧元|歐元", "€"),
    "GBP": ("pound sterling|pounds sterling|英镑|英鎊", ""),
    "GEL": ("lari", "₾"),
    "HKD": ("Hong Kong dollar", "HK$"),
    "HUF": ("forint", ""),
    "IDR": ("Indonesian rupiah", ""),
    "ILS": ("shekel", "₪"),
    "INR": ("Indian rupee", "₹"),
    "IRR": ("Iranian rial", ""),
    "JPY": ("yen|日元|日圓", ""),
    "KGS": ("", ""),
    "KRW": ("South Korean won", ""),
    "KZT": ("tenge", "₸"),
    "MDL": ("", ""),
    "MNT": ("tugrik", "₮"),
    "MXN": ("Mexican peso", ""),
    "MYR": ("ringgit", ""),
    "NGN": ("naira", ""),
    "NOK": ("Norwegian krone", ""),
    "NZD": ("New Zealand dollar", "NZ$"),
    "PKR": ("Pakistani rupee", ""),
    "PLN": ("zloty|złoty|złote|złotych", ""),
    "QAR": ("", ""),
    "RON": ("", ""),
    "RSD": ("", ""),
    "RUB": ("Russian rouble|Russian ruble", "₽"),
    "SAR": ("Saudi riyal", ""),
    "SEK": ("Swedish krona", ""),
    "SGD": ("Singapore dollar", ""),
    "THB": ("baht", "฿"),
    "TRY": ("Turkish lira", "₺"),
    "TWD": ("New Taiwan dollar", "NT$"),
    "UAH": ("hryvnia", "₴"),
    "USD": ("US dollar|долларов США|доллара США|доларів США|美元", "US$"),
    "UZS": ("", ""),
    "VND": ("", ""),
    "ZAR": ("rand", ""),
}

# What several currencies are called, with their codes.
_DOLLARS = "AUD CAD HKD NZD SGD TWD USD"
CURRENCY_WORDS: dict[str, str] = {
    **dict.fromkeys(("$", "dollar", "долл.", "доллар", "доллара", "долларов"), _DOLLARS),
    **dict.fromkeys(("доларів", "dolarów", "dolary"), _DOLLARS),
    **dict.fromkeys(("£", "pound"), "EGP GBP"),
    **dict.fromkeys(("¥", "￥"), "CNY JPY"),
    **dict.fromkeys(("元", "圓"), "CNY HKD TWD"),
    **dict.fromkeys(("rouble", "ruble", "rubel", "rubli", "卢布", "盧布"), "BYN RUB"),
    **dict.fromkeys(("руб.", "рубль", "рубля", "рублей", "рублів"), "BYN RUB"),
    **dict.fromkeys(("peso",), "ARS MXN"),
    **dict.fromkeys(("rupee",), "INR PKR"),
    **dict.fromkeys(("crown", "krona", "krone", "kroner", "kronor"), "CZK DKK NOK SEK"),
    **dict.fromkeys(("franc",), "CHF"),
    **dict.fromkeys(("lira",), "TRY"),
    **dict.fromkeys(("won",), "KRW"),
}

# Symbols that in other case of letters, or written carelessly, mean another unit or none: milli and
# mega, pico and peta, gram and gauss, tonne and tesla, kilotonne and knot. All others are read in
# any case: KM, kwh.
CASE_MATTERS = frozenset(
    {
        *("m", "mm", "g", "t", "l", "s", "h", "j", "w", "kt", "kn", "mt", "mj", "pj", "mw", "mwh"),
        *("mt/year", "mt/y", "mt/yr"),
    }
)

# Words that are units or numbers to many, and to no two alike, with what they may mean.
SEVERAL_MEANINGS: dict[str, str] = {
    **dict.fromkeys(("ton", "tons"), "a tonne, a short ton or a long ton"),
    "bln": "a billion in some languages and a trillion in others; write `bn` or `trn`",
    "兆": "a million or a trillion; write it with 百万 or 万亿",
    "b": "a billion, a byte or a barn; a billion is written `bn`",
    "mcf": "a thousand or a million cubic feet",
    "mmcf": "a million cubic feet to some; write `million cubic feet`",
    "gallon": "a US or an imperial gallon",
    "ounce": "an avoirdupois or a troy ounce",
}
