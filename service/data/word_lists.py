"""The closed classes of words that names are built with, and those that are written like names but are none.

All entries are folded (see `fold`): lower case, no accents. Nothing here names a particular person.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from service.data.folding import without_accents

Sex = Literal["m", "f"]

_DATA = Path(__file__).parent


def fold(word: str) -> str:
    """``word`` in lower case without accents and with plain apostrophes and hyphens: the form words are compared in."""
    if word.isascii():
        return word.lower()
    return without_accents(word).lower().translate(str.maketrans("’‘‐‑", "''--"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRONOUNS = _words(
    """i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves one who whom whose which that this these those what another
    others other some many most both all each either neither none nobody someone somebody anyone anybody everyone
    everybody several few"""
)

# Pronouns for somebody whom nothing else in the article need name: "another said".
UNNAMED = _words("another others some many")

DETERMINERS = _words("a an the this that these those his her its their our my your one another some any each every")

INDEFINITE = _words("a an one another some any each every two three several many")

PREPOSITIONS = _words(
    """of for from in with at on to by about against among around as before behind between during inside into like near
    off outside over per since than through throughout toward towards under until upon via within without alongside
    including regarding despite beside besides across along beneath beyond except"""
)

RELATIVES = _words("who whom whose which that where when")

# Words that open sentences and clauses: written with a capital there, never part of a name.
FUNCTION_WORDS = (
    PRONOUNS
    | DETERMINERS
    | RELATIVES
    | (PREPOSITIONS - {"near", "like"})
    | _words(
        """and or but nor so yet if though although because while whereas unless whether whenever wherever how why
        whatever whichever then thus hence once twice also too not never ever always often sometimes now today tonight
        tomorrow yesterday later earlier soon still already again perhaps maybe indeed instead meanwhile however
        moreover furthermore nevertheless nonetheless therefore otherwise afterward afterwards after eventually finally
        initially lastly firstly secondly recently previously currently apparently reportedly allegedly according
        speaking asked told said says say added responding referring citing following given even only just such there
        here yes no oh well okay ok is are was were be been being am do does did has have had can could may might must
        shall should will would let lets get got let's i'm i've i'd i'll we're we've we'll it's he's she's that's
        there's they're you're don't didn't doesn't isn't can't won't what's who's more less much very quite rather
        almost nearly anyway else similarly likewise regardless additionally overall generally specifically notably
        importantly interestingly fortunately unfortunately obviously clearly certainly surely sadly hopefully please
        thanks thank amid amidst versus vs aka plus minus together apart aside ahead back down up out away dear hello hi
        hey look listen see read watch click share photo photos image video related advertisement"""
    )
)

# Conjunctions and copulas at the edge of a span that was cut a word too wide.
EDGE_WORDS = FUNCTION_WORDS - PRONOUNS - DETERMINERS

WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")

MONTHS_AND_DAYS = WEEKDAYS | _words(
    """mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july
    august september october november december jan feb apr jun jul aug sept oct nov dec tue tues wed thu thur
    thurs fri easter christmas thanksgiving ramadan halloween"""
)

_TITLE_SEX: dict[str, Sex] = {
    **dict.fromkeys(
        _words(
            """mr mister sir lord king prince pope congressman chairman spokesman father brother duke earl assemblyman
            councilman alderman herr monsieur senor signor baron count businessman cardinal archbishop"""
        ),
        "m",
    ),
    **dict.fromkeys(
        _words(
            """mrs ms miss lady dame queen princess congresswoman chairwoman spokeswoman mother sister madam madame mme
            duchess baroness countess councilwoman assemblywoman frau senora signora mademoiselle businesswoman
            actress policewoman"""
        ),
        "f",
    ),
}

# Titles, ranks and roles that stand before a name.
TITLES = _words(
    """vp mr mrs ms miss mx mister dr prof professor sir lord lady dame madam madame mme herr frau monsieur senor senora
    signor sen sens senator senators rep reps representative representatives gov govs governor governors del
    delegate congressman congresswoman congressmen councilman councilwoman councillor councilor cllr alderman
    assemblyman assemblywoman mp mps mep meps msp peer president presidents premier prime minister ministers
    taoiseach tanaiste
    secretary secretaries undersecretary chancellor ambassador ambassadors envoy commissioner commissioners attorney
    solicitor barrister lawyer lawyers counsel judge justice justices magistrate prosecutor treasurer comptroller
    speaker whip leader leaders chairman chairwoman chairperson chair chairs chairmen deputy assistant associate
    acting interim director directors manager managers coach captain skipper boss officer officers official
    spokesman spokeswoman spokesperson spokesmen spokespeople aide adviser advisor advisers strategist pollster
    analyst economist editor editor-in-chief reporter correspondent columnist anchor anchorman host presenter
    journalist author writer producer actor actress singer rapper comedian artist novelist poet historian scientist
    researcher physician surgeon doctor nurse dean rector provost principal teacher founder co-founder ceo cfo coo
    cto cio evp svp vp executive entrepreneur businessman businesswoman billionaire tycoon owner activist advocate
    organizer organiser veteran candidate nominee frontrunner front-runner gen lt lieutenant col colonel maj capt
    cmdr commander commandant adm admiral sgt sergeant cpl corporal pfc pvt private brig brigadier cpt spc marshal
    general generals detective det inspector superintendent supt constable sheriff trooper patrolman policeman agent
    investigator rev reverend revd pastor father fr mother sister brother bishop archbishop cardinal pope rabbi imam
    counselor counsellor undersheriff postmaster confidant confidante
    ayatollah sheikh sheik mullah hon honorable honourable rt king queen prince princess duke duchess earl count
    countess baron baroness viscount emperor emir sultan mayor mayors famer selectman chief chiefs head vice former
    ex late quarterback striker midfielder goalkeeper defender winger forward champion star"""
)

# What a title goes on with after a preposition (see `completes_title`).
_TITLE_COMPLEMENTS = _words("charge chief residence large")

# What stands after a title and belongs to it: "professor emeritus", "president pro tem".
AFTER_TITLES = _words("emeritus emerita pro tem tempore")

# Titles that are kept in front of a name that is a single word: Pope Francis.
NOBLE_TITLES = _words(
    """pope king queen prince princess lord lady baroness duke duchess sultan emir emperor sheikh saint sister mother
    rabbi imam ayatollah"""
)

# Titles that are surnames or given names just as often: no titles after a given name.
AMBIGUOUS_TITLES = _words(
    """king prince duke earl baron bishop pope dean major judge page marshal chancellor abbott count queen princess
    private father brother star justice forward winger peer head chair coach sheriff singer nurse champion writer host
    principal chief general lord sultan cardinal late owner counsel driver""".replace(" driver", "")
)

# Titles of whole offices, after which "of" opens the office and no part of the name: "Secretary of State Jane Doe".
PORTFOLIOS = _words(
    """state defense defence homeland security treasury labor labour commerce energy education agriculture interior
    transportation health human services housing urban development veterans affairs foreign finance justice war army
    navy air force staff intelligence trade environment culture sport media communications operations house press
    representatives commons lords police schools elections public works parliament exchequer budget appeals"""
)

SUFFIXES = _words("jr sr ii iii iv senior junior")

# Letters after a name.
POSTNOMINALS = _words("mp mep msp qc kc cbe obe mbe phd md esq")

PARTICLES = _words(
    """van von der den de del della di da do dos das du la le les el al bin ibn ben bint abu ter ten zu zur san af av in
    t wa binti ould"""
)

NATIONALITIES = _words(
    """american americans british briton britons english englishman irish irishman scottish scot scots welsh welshman
    french frenchman frenchwoman german germans italian italians spanish spaniard spaniards portuguese dutch dutchman
    belgian belgians swiss austrian austrians danish dane danes swedish swede swedes norwegian norwegians finnish finn
    finns russian russians ukrainian ukrainians polish pole poles czech czechs slovak hungarian hungarians romanian
    romanians bulgarian bulgarians greek greeks turkish turk turks serbian serb serbs croatian croat croats bosnian
    albanian kosovar israeli israelis palestinian palestinians arab arabs iraqi iraqis iranian iranians syrian syrians
    lebanese jordanian saudi saudis yemeni egyptian egyptians libyan tunisian algerian moroccan moroccans kuwaiti
    afghan afghans pakistani pakistanis indian indians bangladeshi nepalese chinese japanese korean koreans taiwanese
    vietnamese thai filipino filipinos indonesian malaysian australian australians aussie aussies canadian canadians
    mexican mexicans cuban cubans brazilian brazilians argentine argentinian chilean colombian venezuelan peruvian
    african africans nigerian nigerians kenyan kenyans ethiopian somali zimbabwean ugandan ghanaian sudanese european
    europeans asian asians latino latinos latina hispanic hispanics african-american african-americans jewish jew jews
    muslim muslims christian christians catholic catholics protestant sunni shiite kurdish kurd kurds hindu sikh
    buddhist mormon evangelical evangelicals texan texans californian floridian iowan iowans hawaiian londoner
    londoners republican republicans democrat democrats democratic gop tory tories conservative conservatives labour
    liberal liberals libertarian u.s u.k u.n e.u d.c"""
)

# Parties and their people, which speak by this word alone.
PARTIES = _words("republicans democrats tories conservatives liberals libertarians greens labour gop")

# Members of parties, as a description has them: "the Ohio Republican".
PARTISANS = _words("republican democrat libertarian")
# What people post on, which reports nothing itself.
SOCIAL_NETWORKS = _words(
    """facebook gab instagram linkedin mastodon parler periscope pinterest reddit snapchat telegram tiktok tumblr
    twitter whatsapp youtube"""
)
COURTESY_TITLES = _words("mr mrs ms miss mx mister messrs")
SPOUSES = _words("lady wife husband widow widower")
FAMILY = SPOUSES | _words("daughter son brother sister mother father niece nephew cousin grandson granddaughter")

# Endings of nouns for those who do something: "Organizer", "Resident", "scientist".
AGENT_ENDINGS = ("er", "or", "ist", "ant", "ent", "man", "woman", "ian")

COUNTRIES = _words(
    """afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh
    belarus belgium bolivia bosnia brazil britain bulgaria burma cambodia cameroon canada chile china colombia
    croatia cuba cyprus denmark ecuador egypt england estonia ethiopia europe finland france germany ghana greece
    guatemala haiti honduras hungary iceland india indonesia iran iraq ireland italy jamaica japan kazakhstan kenya
    kosovo kuwait latvia lebanon liberia libya lithuania luxembourg malaysia mali malta mexico moldova mongolia
    morocco mozambique myanmar nepal netherlands nicaragua nigeria norway pakistan palestine panama paraguay peru
    philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia
    somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia turkey uganda ukraine uruguay
    uzbekistan venezuela vietnam wales yemen zambia zimbabwe"""
)

# Given names that are places first.
PLACE_NAMES = _words("virginia georgia carolina jordan israel chad florence austin charlotte")

# Head nouns of the names of organisations, places of work and published works.
ORGANISATION_HEADS = _words(
    """party committee commission council board bureau agency department dept ministry office administration service
    services authority court courts senate congress parliament commons house assembly legislature university college
    school academy institute institution foundation fund trust association federation union league society club
    group company corp corporation inc ltd llc plc co bank holdings partners associates industries motors airlines
    airways international hospital hall clinic center centre church museum library laboratory network television
    radio news times post journal tribune herald gazette chronicle examiner observer guardian telegraph magazine
    press media records pictures studios entertainment films force army navy corps police coalition alliance
    campaign pac project initiative organization organisation movement conference convention summit tower street
    avenue square airport stadium hotel resort casino constitution act amendment report review survey poll index
    programme program united city county state front brigade chamber exchange reserve treasury systems technologies
    technology software solutions consulting communications networks labs energy oil gas electric pharmaceuticals
    insurance financial capital securities investments advisers advisors ventures division unit secretariat
    directorate embassy palace subcommittee enforcement"""
)

# What bodies with such a head are called for short besides: "the agency" is an Administration.
BODY_KINDS = {
    **dict.fromkeys(_words("administration service bureau authority enforcement center police"), ("agency",)),
    **dict.fromkeys(_words("committee commission board subcommittee council"), ("panel",)),
    **dict.fromkeys(
        _words("association union foundation coalition alliance league society institute council project fund party"),
        ("group", "organization", "organisation"),
    ),
    **dict.fromkeys(_words("center centre initiative campaign network movement"), ("group", "organization")),
    **dict.fromkeys(
        _words("times post journal tribune herald gazette chronicle examiner observer guardian telegraph news"),
        ("newspaper", "paper"),
    ),
    **dict.fromkeys(_words("news television radio"), ("network",)),
    **dict.fromkeys(_words("university college academy"), ("school",)),
    **dict.fromkeys(
        _words(
            """inc corp corporation co company ltd llc plc group holdings partners associates industries motors airlines
            airways pharmaceuticals technologies systems software solutions energy"""
        ),
        ("company", "firm"),
    ),
}

# Endings that a company's name takes on and drops without becoming another.
COMPANY_ENDINGS = _words(
    """inc corp corporation co company plc ltd llc group holdings international airlines airways industries motors
    energy pharmaceuticals technologies software foods entertainment"""
)

# Whom a body for a cause is named after: "Citizens for Clean Water".
MEMBERS = _words(
    """citizens americans people women mothers moms parents students veterans workers doctors physicians nurses lawyers
    scientists friends families voters taxpayers republicans democrats conservatives christians catholics
    journalists reporters teachers farmers artists"""
)

# What "X and Y" of an office's name ends on: "Food and Drug Administration".
OFFICES = _words(
    """ministry authority administration agency protection enforcement department committee commission board council
    bureau"""
)

# Abbreviations whose full stop ends no sentence.
ABBREVIATIONS = _words(
    """mr mrs ms dr prof sen sens rep reps gov govs del gen lt col maj capt cmdr adm sgt cpl pfc pvt brig rev revd hon
    fr st ste mt ft supt det insp atty wm chas geo thos jos jas cllr spc cpt messrs mme mlle corps"""
)

CUE_WORDS = _words(
    """said says say saying told tells tell telling wrote writes write writing added adds add asked asks ask asking
    tweeted tweets argued argues explained explains noted notes continued continues replied replies responded responds
    insisted insists declared declares announced announces warned warns claimed claims stated states concluded
    concludes recalled recalls admitted admits acknowledged acknowledges suggested suggests called calls joked jokes
    quipped remarked remarks observed observes predicted predicts promised promises vowed vows charged charges
    complained complains confirmed confirms denied denies described describes read reads goes went go posted posts
    himself herself itself themselves each both alone jointly famously testified shouted exclaimed countered urged
    pointed thinks thought believes believed made makes put puts laughed cried whispered gave gives tweeting shows
    showed found finds sent spoke took felt sought saw led came began left met held won lost ran kept brought stood sat
    became knew grew drew spent paid reported published revealed"""
)

# Verbs that a headline with capitals throughout has after a name: "Ann Lee Says".
HEADLINE_VERBS = (
    frozenset(word for word in CUE_WORDS if word.endswith(("s", "ed")) and not word.endswith(("self", "selves")))
    | _words("said told wrote accuses backs blasts defends demands hails mocks rejects slams threatens urges")
) - {"states", "led"}

# What somebody says or writes: "Smith's letter" speaks for Smith.
UTTERANCES = _words(
    """statement statements letter tweet tweets post posts email e-mail memo speech remarks comments comment words
    editorial column op-ed testimony message answer reply response announcement article story headline piece website
    homepage account book readout"""
)

# Of these, what speaks for whom it is named after: "the Smith letter", "a Tarnbrook Courier headline".
NAMED_UTTERANCES = _words("statement letter article story editorial headline column op-ed piece account readout")

# Nouns for bodies that have a name elsewhere in an article which speaks of them: "the agency said".
BODIES = _words(
    """agency union commission committee company firm department ministry group organization organisation association
    board council court bank campaign party network newspaper paper magazine website outlet station broadcaster airline
    university college school club team league federation foundation charity institute institution center centre
    bureau office administration service force panel tribunal regulator watchdog authority retailer manufacturer maker
    startup giant publisher studio hospital hotel restaurant pub museum coalition alliance nonprofit lobby chain embassy
    palace subcommittee"""
)

# Last parts of the adjectives that names make, besides participles: "Norse-language", "Norland-born".
_COMPOUND_ENDINGS = _words("area born era friendly held language led like made owned run style wide")

_SHORTEST_PARTICIPLE = 5
_ADJECTIVE_ENDINGS = ("ed", "ing", "ly", "ish", "ive", "ic", "ical", "ous", "ful", "less", "born", "based")

# Short forms of given names that are no beginning of the long form.
NICKNAMES = {
    "bill": "william", "billy": "william", "bob": "robert", "bobby": "robert", "dick": "richard", "rick": "richard",
    "ricky": "richard", "jim": "james", "jimmy": "james", "jamie": "james", "jack": "john", "johnny": "john",
    "mike": "michael", "mick": "michael", "ted": "edward", "ned": "edward", "tony": "anthony", "chuck": "charles",
    "charlie": "charles", "hank": "henry", "harry": "henry", "larry": "lawrence", "liz": "elizabeth",
    "beth": "elizabeth", "betsy": "elizabeth", "betty": "elizabeth", "kate": "katherine", "kathy": "katherine",
    "cathy": "catherine", "katie": "katherine", "peggy": "margaret", "maggie": "margaret", "sally": "sarah",
    "jenny": "jennifer", "debbie": "deborah", "becky": "rebecca", "steve": "stephen", "andy": "andrew",
    "drew": "andrew", "dave": "david", "tom": "thomas", "jeff": "jeffrey", "geoff": "geoffrey", "patty": "patricia",
    "paddy": "patrick", "nick": "nicholas", "sandy": "alexander", "gerry": "gerald", "jerry": "gerald",
    "terry": "terence", "bernie": "bernard", "chris": "christopher", "kit": "christopher", "vicky": "victoria",
    "mandy": "amanda", "joe": "joseph", "will": "william", "ed": "edward", "al": "albert", "jon": "jonathan",
}  # fmt: skip


@cache
def given_names() -> dict[str, Sex | None]:
    """Common given names, with the sex that bears them where it is one alone."""
    sexes: dict[str, Sex | None] = {"m": "m", "f": "f", "u": None}
    rows = (line.split() for line in _entries("given_names.txt"))
    return {name: sexes[sex] for name, sex in rows}


@cache
def _ordinary_words() -> frozenset[str]:
    return frozenset(_entries("ordinary_words.txt"))


def _entries(file: str) -> list[str]:
    lines = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def title_sex(title: str) -> Sex | None:
    """The sex that a folded title tells, if it tells any."""
    return _TITLE_SEX.get(title)


def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name, or a hyphenated compound that opens with one."""
    names = given_names()
    first, hyphen, last = word.partition("-")
    return word in names or word in NICKNAMES or (bool(hyphen) and first in names and last not in _ordinary_words())


def is_ordinary(word: str) -> bool:
    """Whether a folded word is in the English dictionary (for a compound: its last part) and is no given name."""
    return not is_given_name(word) and (word in _ordinary_words() or word.rsplit("-", 1)[-1] in _ordinary_words())


def is_adjective(word: str) -> bool:
    """Whether a folded word is an ordinary one that has the ending of an adjective, a participle or an adverb."""
    return is_ordinary(word) and ("-" in word or word.endswith(_ADJECTIVE_ENDINGS))


def is_compound_adjective(word: str) -> bool:
    """Whether a word, as spelt, is an adjective made of a name: "Norland-backed", "Norse-language"; not "Chan-ying"."""
    first, _, last = word.rpartition("-")
    if not first or not last.islower():
        return False
    participle = len(last) >= _SHORTEST_PARTICIPLE and last.endswith(("ed", "ing")) and is_ordinary(last)
    return participle or last in _COMPOUND_ENDINGS


def is_nationality(word: str) -> bool:
    """Whether a folded word says where people are from or what they hold with, or ends on such a word:
    "french-canadian"."""
    return word in NATIONALITIES or (word.rpartition("-")[2] in NATIONALITIES and not is_given_name(word))


def is_agent_noun(word: str) -> bool:
    """Whether a folded word is an ordinary noun with the ending of those who do something: "student", "organizer"."""
    return word.endswith(AGENT_ENDINGS) and is_ordinary(word) and word not in FUNCTION_WORDS and word not in CUE_WORDS


def is_title(word: str) -> bool:
    """Whether a folded word is a title or role, alone or as the last part of a compound ("then-president")."""
    if word in TITLES:
        return True
    first, _, last = word.rpartition("-")
    return bool(first) and (last in TITLES or last in {"elect", "designate"})


def completes_title(preposition: str, noun: str) -> bool:
    """Whether two folded words after a title belong to it: "special agent in charge", "editor at large"."""
    return preposition in {"in", "at"} and noun in _TITLE_COMPLEMENTS


def organisation_head(word: str) -> str | None:
    """The head of organisations' names that a folded word is, in the singular or the plural; None where it is none."""
    return next((head for head in (word, word[:-1] if word.endswith("s") else "") if head in ORGANISATION_HEADS), None)


def is_organisation_head(word: str) -> bool:
    """Whether a folded word, in the singular or the plural, is the head of organisations' names."""
    return word in ORGANISATION_HEADS or (word.endswith("s") and word[:-1] in ORGANISATION_HEADS)
