"""Words by which customers show what they want. Each line is a small pattern; all match whole words in any case."""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


SARCASM = _any(
    r"(?:oh )?(?:great|wonderful|fantastic|brilliant|nice|lovely|awesome|perfect|thanks(?: (?:a lot|so much))?)[,.!]* "
    r"(?:(?:yet )?another|one more|more) "
    r"(?:\w+ ){0,2}(?:delay|cancell?ation|wait|queue|fault|fee|problem|excuse|outage)s?",
)
ABSENCE = _any(
    r"used to (?:buy|own|shop|order|love|wear)",
    r"(?:have ?n't|hadn't|not|never) (?:bought|ordered|shopped|worn)[^.!?\n]{0,40}\b(?:years?|months?|while|since)",
    r"(?:after|it's been) (?:\w+ ){0,3}years (?:away|without (?:you|buying|ordering)|since (?:i|we))",
    r"(?:have ?n't|hadn't|not|never) been (?:back|in|near)[^.!?\n]{0,40}\b(?:years?|months?|while|since)",
    r"giv(?:e|ing) (?:you|them|it|the brand)(?: \w+){0,2} (?:another|a second|one more) (?:go|try|chance|shot|look)",
    r"stopped (?:buying|ordering|shopping|using)",
    r"(?:gave up on|dropped|left|walked away from) (?:you|(?:the|this|your) brand)(?= (?:in|over|after|when|because))",
    r"last (?:bought|ordered)",
    r"(?:com(?:e|ing)|came) back to (?:you|the brand|this brand)",
    r"(?:old|former|lapsed) customer",
    r"long[- ]time no see",
)
BUYING = _any(
    r"(?:thinking (?:of|about)|considering|interested in) (?:buying|getting|ordering|purchasing)",
    r"(?:about|planning|going|looking|tempted|hoping|want|ready) to (?:buy|get|order|purchase)",
    r"before (?:i|we) (?:buy|order|get)",
    r"should i (?:buy|get|order|size|go)",
    r"which (?:one|size|colou?r|model|jacket|boot|pack|tent|bag)\b[^.!?\n]{0,40}(?:should|would|do you|is best|suits?)",
    r"worth (?:buying|getting|it|the (?:money|price))[^.!?\n]{0,40}(?=\?)",
    r"deciding between|can't decide|first (?:order|purchase)",
    r"recommend (?:me|an?) |would you recommend",
    r"where can i (?:buy|get|find)",
    r"(?:back|still) in stock|restock\w*|do you (?:sell|stock|ship)|discount|(?:as|for) a gift",
)
COMPLAINT = _any(
    r"broken?|breaks|tore|torn|ripp(?:ed|ing)|leak(?:s|ed|ing|y)?|faulty|defect\w*|snapped|shrank|shrunk|faded|pilling",
    r"fell apart|falling apart|came apart|worn out|wore (?:out|through)|peel(?:s|ed|ing)?|stopped working",
    r"refund\w*|return(?:ed|ing)? it|replacement|warranty|complain\w*|overcharged|charged twice",
    r"disappoint\w*|unhappy|annoy\w*|angry|furious|unacceptable|terrible|awful|horrible|useless",
    r"waste of money|poor quality|wrong (?:item|size|colou?r)|lost parcel|missing",
    r"never arrived|has(?:n't| not) arrived|still waiting|(?:days?|weeks?|too) late|arrived late",
    r"does(?:n't| not) (?:work|fit|hold|close|last)",
    r"rude|ignored|no reply|nobody (?:answers|replies)",
)
THANKS = _any(
    r"thank(?:s| you)|thx|cheers|grateful|appreciate\w*|well done|kudos",
    r"love (?:it|this|these|my|the|them|how)|loving|adore|so happy|delighted|impressed|over the moon",
    r"brilliant|excellent|fantastic|amazing|superb|perfect",
    r"best (?:\w+ ){1,3}(?:ever|i've|i have)|great (?:service|product|quality|job|jacket|work)",
)
SOLVED = _any(
    r"(?:that|this|it)(?: has| have|'s)? (?:worked|helped|solved|fixed|did the trick)(?: it)?",
    r"works (?:now|again|perfectly)|all (?:good|sorted) now|problem solved|sorted now|did the trick",
)
GRIEVANCE = re.compile(
    r"(?<!\bnot )(?<!\bnever )(?<!n't )\b(?:never (?:arrived|came)|still (?:waiting|no (?:reply|refund|answer|parcel))"
    r"|nobody (?:answers|replies|answered|replied)|no (?:reply|response) from|ignored (?:me|us|by)|overcharged"
    r"|charged (?:me |us )?twice|money back|want a refund|terrible|awful|unacceptable|not acceptable|disgust\w*"
    r"|worst|rip-?off|scam|furious|disap+oint\w*|rude|waste of money|fell apart|faulty|defective|thanks for nothing)\b",
    re.IGNORECASE,
)
NO_COMPLAINT = _any(r"no complaints?", r"can(?:no|')t (?:fault|complain)", r"nothing to complain")
ASKS = re.compile(
    r"\?|\b(?:but|however|still|except|although|please|pls|can you|could you|waiting|hope|sent"
    r"|attached|dm'?(?:e?d)?)\b",
    re.IGNORECASE,
)
HANDLES = re.compile(r"(?<!\w)@\w+")
NOD = re.compile(
    r"(?:ok(?:ay)?|will do|got it|no worries|no problem|noted|understood|fine|cool|great|perfect|nice|sure|yay|woohoo"
    r"|wow|ha(?:ha)+|lol|good (?:to know|night|morning)|never ?mind|[\s.,!)(:;-]|[^\w\s?])+",
    re.IGNORECASE,
)
_ENDED = r"(?:account|subscription|membership|contract|plan|service)"
_AGAIN = r"(?:again|anymore|any more|from you|with you|back)"
_BUY = r"(?:buy|order|shop|fly|use|spend|purchase|come|book)(?:ing)?"
LEAVING = _any(
    rf"(?:cancel(?:l?ed|l?ing)?|clos(?:e|ed|ing)|delet(?:e|ed|ing)) (?:my|our|the) (?:\w+ )?{_ENDED}",
    r"(?:switch|mov|go|chang)(?:e|ed|ing)? (?:over |back )?to"
    r" (?:(?:an?other|a different) \w+|your competitor|the competition)",
    rf"(?:i|we)(?:'ll|'d)?(?: \w+)? (?:never|not|won't|wont)(?: be)? (?:ever )?{_BUY}\b[^.!?\n]{{0,40}}\b{_AGAIN}",
    rf"(?:never|won't|will not) (?:ever )?{_BUY} (?:from|with) (?:you|them|this brand)[^.!?\n]{{0,20}}",
    rf"never again|last time (?:i|we|you)[^.!?\n]{{0,20}}{_BUY}",
    r"(?:lost|losing|lose) (?:a|another|me as a|my|this|us as) (?:\w+ )?(?:customer|business|custom)",
    r"(?:tak(?:e|ing)|took) (?:my|our) (?:business|money|custom) (?:elsewhere|somewhere else|to)",
    r"(?:i'm|i am|we're|we are|so) done with (?:you|this brand|this company|your)|goodbye forever",
    r"(?:i'm|i am|we're|we are|thinking of|thinking about|considering) leaving (?:you|this brand|the brand|for)",
    r"(?:won't|will not) be (?:back|returning|coming back)|unsubscrib(?:e|ing|ed)",
    r"find(?:ing)? (?:another|a different|a new) (?:brand|provider|airline|company|shop)",
)
STAYING = _any(
    r"(?:never|not|won't|wouldn't|no reason to|no plans? to)(?: \w+){0,2}"
    r" (?:leav(?:e|ing)|switch(?:ing)?|cancel\w*|chang(?:e|ing)|mov(?:e|ing)|go(?:ing)?)[^.!?\n]{0,60}",
    r"never again (?:without|be cold|have to|worry|freez)\w*",
)
NO_BUYING = _any(
    r"(?:not|never|won't|wouldn't|don't|didn't|stop(?:ped)?|not worth)(?: \w+){0,2}"
    r" (?:buy|buying|order|ordering|get|getting|purchase|the money) (?:one|it|this|that|from|an?|the|another|anything)",
    r"not worth (?:it|buying|the (?:money|price))",
    r"(?:buy|bought|ordered) (?:it|one|this|mine) (?:last|two|a (?:week|month|year)|years?)",
)
WISHING = _any(
    r"(?:want|need|wish i had|would love|wanna get|dying for)(?: to (?:buy|get|have|own))? (?:a|an|the|this|that|one)"
    r" (?!refund|reply|answer|response|replacement|explanation|credit|call|human|person|real|new flight|flight)\w+",
    r"(?:gonna|going to|tryna|trying to|need to|have to|want to|wanna|about to|could|might|will|i'll) (?:buy|order|get)"
    r" (?:me |myself |you )?(?:a|an|one|this|that|the new)",
    r"can't wait (?:to get|for) (?:my|the|this)|(?:just|finally) (?:pre-?)?ordered|buy me|saving (?:up )?for",
)
