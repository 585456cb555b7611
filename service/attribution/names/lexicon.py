"""The closed classes of words that names are built with, and those that are written like names but are none.

All entries are folded (see `fold`): lower case, no accents, no full stops. Nothing here names a particular person.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

Sex = Literal["m", "f"]


def fold(word: str) -> str:
    """``word`` in lower case without accents, the form in which words are compared."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.lower().replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRONOUNS = _words(
    """i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves one who whom whose which that this these those what another
    others other some many most both all each either neither none nobody someone somebody anyone anybody everyone
    everybody no-one several few u"""
)

DETERMINERS = _words("a an the this that these those his her its their our my your one another some any each every")

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
    | (PREPOSITIONS - {"near", "like", "of"})
    | _words(
        """and or but nor so yet if though although because while whereas unless whether when whenever where wherever
        how why what whatever whichever then than thus hence once twice also too not never ever always often sometimes
        now today tonight tomorrow yesterday later earlier soon still already again perhaps maybe indeed instead
        meanwhile however moreover furthermore nevertheless nonetheless therefore otherwise afterward afterwards
        eventually finally initially lastly firstly secondly recently previously currently earlier apparently
        reportedly allegedly according speaking asked told said says say added responding referring citing following
        given even only just such there here yes no oh well okay ok is are was were be been being am do does did has
        have had can could may might must shall should will would let lets get got let's i'm i've i'd i'll we're we've
        we'll it's he's she's that's there's they're you're don't didn't doesn't isn't can't won't what's who's
        more less much very quite rather almost nearly about both neither either much anyway else despite like unlike
        similarly likewise regardless additionally overall generally specifically notably importantly interestingly
        fortunately unfortunately obviously clearly certainly surely sadly hopefully please thanks thank asked had
        among amid amidst versus vs aka i.e e.g plus minus together apart aside ahead back down up out away off
        dear hello hi hey look listen see read watch click share photo photos image video related advertisement"""
    )
)

CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december jan feb mar apr jun
    jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun easter christmas thanksgiving ramadan
    halloween"""
)

# Titles of address and rank, and the sex they tell.
_TITLE_SEX: dict[str, Sex] = {
    **dict.fromkeys("mr mister sir lord king prince pope congressman chairman spokesman father brother duke earl".split(), "m"),
    **dict.fromkeys("mrs ms miss lady dame queen princess congresswoman chairwoman spokeswoman mother sister".split(), "f"),
    **dict.fromkeys("madam madame mme duchess baroness countess councilwoman assemblywoman".split(), "f"),
    **dict.fromkeys("assemblyman councilman alderman herr monsieur senor signor baron count businessman".split(), "m"),
    **dict.fromkeys("frau senora signora mademoiselle businesswoman actress policewoman".split(), "f"),
}  # fmt: skip

TITLES = _words(
    """mr mrs ms miss mx dr prof professor sir lord lady dame madam madame mme herr frau monsieur senor senora signor
    sen sens senator senators rep reps representative representatives gov govs governor governors del delegate
    congressman congresswoman congressmen councilman councilwoman councillor councilor cllr alderman assemblyman
    assemblywoman supervisor mp mps mep meps msp peer president president-elect vice-president premier prime
    minister ministers secretary undersecretary chancellor ambassador envoy commissioner commissar attorney solicitor
    barrister lawyer lawyers counsel judge justice justices magistrate prosecutor da treasurer comptroller speaker
    whip leader leaders chairman chairwoman chairperson chair chairs co-chair co-chairman co-chairwoman vice-chairman
    vice-chair deputy assistant associate acting interim director directors manager coach captain skipper boss
    officer officers official spokesman spokeswoman spokesperson spokespeople spokesmen aide adviser advisor advisers
    strategist pollster analyst economist editor editor-in-chief reporter correspondent columnist anchor anchorman
    host presenter journalist author writer producer actor actress singer rapper comedian artist novelist poet
    historian scientist researcher physician surgeon doctor nurse dean rector provost principal teacher founder
    co-founder ceo cfo coo cto cio evp svp vp executive entrepreneur businessman businesswoman billionaire tycoon
    owner activist advocate organizer organiser veteran candidate nominee frontrunner front-runner
    gen lt lieutenant col colonel maj capt cmdr commander commandant adm admiral sgt sergeant
    staff cpl corporal pfc pvt private brig brigadier cpt spc specialist marshal general generals detective det
    inspector superintendent supt constable sheriff trooper patrolman policeman agent investigator
    rev reverend revd pastor father fr mother sister brother bishop archbishop cardinal pope rabbi imam ayatollah
    sheikh sheik mullah hon honorable honourable rt king queen prince princess duke duchess earl count countess baron
    baroness viscount emperor emir sultan mayor mayors selectman sgt-maj chief chiefs head secretary-general
    attorney-general major-general lieutenant-general vice former ex ex-president ex-wife ex-husband late longtime
    hall-of-famer quarterback striker midfielder goalkeeper defender winger forward champion star
    republican republicans democrat democrats democratic gop conservative labour liberal tory libertarian green
    independent progressive communist socialist"""
)

# Titles that are surnames or given names just as often; they are titles only before a whole name.
AMBIGUOUS_TITLES = _words(
    """king prince duke earl baron bishop pope dean major judge page marshal chancellor abbott count cardinal count
    queen princess green private father brother star knight justice chase forward winger peer hall chair coach
    cook sheriff cannon""".replace(" cook", "").replace(" chase", "")
)

# What a title is a title of: "Secretary of Homeland Security Jane Doe".
PORTFOLIOS = _words(
    """state defense defence homeland security treasury labor labour commerce energy education agriculture interior
    transportation health human services housing urban development veterans affairs foreign finance justice war army
    navy air force staff intelligence trade environment culture sport media communications operations the house
    representatives commons lords america police schools elections public works parliament exchequer budget
    appeals"""
)

SUFFIXES = _words("jr sr ii iii iv esq phd md qc kc obe mbe cbe")
NAME_SUFFIXES = _words("jr sr ii iii iv")

PARTICLES = _words(
    """van von der den de del della di da do dos das du la le les el al bin ibn ben bint abu ter ten zu zur y e san
    af av ould 't in't st op"""
)

NATIONALITIES = _words(
    """american americans british briton britons english englishman irish irishman scottish scot scots welsh welshman
    french frenchman frenchwoman german germans italian italians spanish spaniard spaniards portuguese dutch dutchman
    belgian belgians swiss austrian austrians danish dane danes swedish swede swedes norwegian norwegians finnish finn
    finns russian russians ukrainian ukrainians polish pole poles czech czechs slovak hungarian hungarians romanian
    romanians bulgarian bulgarians greek greeks turkish turk turks serbian serb serbs croatian croat croats bosnian
    albanian kosovar israeli israelis palestinian palestinians arab arabs iraqi iraqis iranian iranians syrian syrians
    lebanese jordanian saudi saudis yemeni egyptian egyptians libyan tunisian algerian moroccan moroccans kuwaiti
    afghan afghans pakistani pakistanis indian indians bangladeshi sri-lankan nepalese chinese japanese korean koreans
    taiwanese vietnamese thai filipino filipinos indonesian malaysian australian australians aussie aussies
    new-zealander kiwi canadian canadians mexican mexicans cuban cubans brazilian brazilians argentine argentinian
    chilean colombian venezuelan peruvian african africans nigerian nigerians kenyan kenyans ethiopian somali south-african
    zimbabwean ugandan ghanaian sudanese european europeans asian asians latino latinos latina hispanic hispanics
    african-american african-americans black blacks white whites jewish jew jews muslim muslims christian christians catholic
    catholics protestant sunni shiite shia kurdish kurd kurds hindu sikh buddhist mormon evangelical evangelicals
    texan texans californian floridian iowan iowans hawaiian virginian londoner londoners
    republican republicans democrat democrats democratic gop tory tories labourite conservatives liberals"""
)

# Nouns that an organisation's name has for a head.
ORGANISATION_HEADS = _words(
    """party committee committees commission council board bureau agency department dept ministry office administration
    service services authority court courts senate congress parliament commons lords house assembly legislature
    university college school academy institute institution foundation fund trust association federation union league
    society club group company corp corporation inc ltd llc plc co bank holdings partners associates
    industries motors airlines airways international hospital clinic center centers centre centers church museum
    library laboratory network television radio news times post journal tribune herald gazette chronicle examiner
    observer guardian telegraph magazine press media records pictures studios entertainment films force army navy
    corps guard police coalition alliance campaign pac project initiative organization organisation movement
    conference convention summit tower towers street avenue square airport stadium hotel resort casino
    constitution act amendment report review survey poll index programme program team united city county state states
    forum front brigade chamber exchange reserve treasury pentagon kremlin embassy consulate senate
    systems technologies technology software solutions consulting communications networks labs energy oil gas
    electric pharmaceuticals insurance financial capital securities investments advisers advisors ventures
    district division unit task desk secretariat directorate"""
)

# Abbreviations whose full stop ends no sentence.
ABBREVIATIONS = _words(
    """mr mrs ms dr prof sen sens rep reps gov govs del gen lt col maj capt cmdr adm sgt cpl pfc pvt brig rev revd hon fr
    st ste mt ft supt det insp atty wm chas geo thos jos jas cllr spc cpt vs no sgt-maj us uk messrs mme mlle corps"""
)

CUE_WORDS = _words(
    """said says say saying told tells tell telling wrote writes write writing added adds add asked asks ask asking
    tweeted tweets argued argues explained explains noted notes continued continues replied replies responded responds
    insisted insists declared declares announced announces warned warns claimed claims stated states concluded
    concludes recalled recalls admitted admits acknowledged acknowledges suggested suggests called calls joked jokes
    quipped remarked remarks observed observes predicted predicts promised promises vowed vows charged charges
    complained complains confirmed confirms denied denies described describes read reads goes went go posted posts
    was is has had were are did does be been being have will would could should might can may also later then
    first once again himself herself previously recently reportedly simply even still never not just repeatedly
    famously once meanwhile now today tonight yesterday testified shouted exclaimed countered urged pointed thinks
    thought believes believed made makes put puts laughed cried whispered got gave gives"""
)

# Common nouns for people by their role: what a description of a speaker has for its head.
ROLE_ENDINGS = (
    "man",
    "woman",
    "person",
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "ent",
    "ee",
    "aide",
    "chief",
    "boss",
    "chair",
)

MODIFIER_ENDINGS = ("ed", "ing", "ish", "ive", "ic", "ical", "ous", "ful", "less", "ese", "ean", "y-", "born", "based")

# Short forms of given names that are no beginning of the long form.
NICKNAMES = {
    "bill": "william", "billy": "william", "will": "william", "bob": "robert", "bobby": "robert", "rob": "robert",
    "dick": "richard", "rick": "richard", "ricky": "richard", "rich": "richard", "jim": "james", "jimmy": "james",
    "jamie": "james", "jack": "john", "johnny": "john", "jon": "jonathan", "joe": "joseph", "mike": "michael",
    "mick": "michael", "ted": "edward", "ed": "edward", "eddie": "edward", "ned": "edward", "tony": "anthony",
    "chuck": "charles", "charlie": "charles", "hank": "henry", "harry": "henry", "larry": "lawrence",
    "liz": "elizabeth", "beth": "elizabeth", "betsy": "elizabeth", "betty": "elizabeth", "kate": "katherine",
    "kathy": "katherine", "cathy": "catherine", "katie": "katherine", "peggy": "margaret", "maggie": "margaret",
    "meg": "margaret", "sally": "sarah", "sue": "susan", "nancy": "anne", "jenny": "jennifer", "debbie": "deborah",
    "becky": "rebecca", "steve": "stephen", "andy": "andrew", "drew": "andrew", "dave": "david", "dan": "daniel",
    "tim": "timothy", "tom": "thomas", "ken": "kenneth", "ron": "ronald", "don": "donald", "jeff": "jeffrey",
    "geoff": "geoffrey", "greg": "gregory", "pat": "patrick", "paddy": "patrick", "nick": "nicholas", "al": "albert",
    "alex": "alexander", "sandy": "alexander", "gerry": "gerald", "jerry": "gerald", "terry": "terence",
    "bernie": "bernard", "mitch": "mitchell", "chris": "christopher", "kit": "christopher", "matt": "matthew",
    "sam": "samuel", "ben": "benjamin", "zach": "zachary", "josh": "joshua", "vicky": "victoria", "mandy": "amanda",
}  # fmt: skip


@cache
def given_names() -> dict[str, Sex | None]:
    """Common given names, with the sex that bears them where it is one alone."""
    path = Path(__file__).parent.parent / "data" / "given_names.txt"
    table: dict[str, Sex | None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, sex = line.split()
        table[name] = "m" if sex == "m" else "f" if sex == "f" else None
    return table


def title_sex(title: str) -> Sex | None:
    """The sex that a folded title tells, if it tells any."""
    return _TITLE_SEX.get(title)


def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name, or a hyphenated compound of one."""
    names = given_names()
    return word in names or ("-" in word and word.split("-", 1)[0] in names)
