/* Words too common to search for: articles, prepositions, pronouns, auxiliaries. In folded form ("fur", "konnen"), as the
 * analyser sees them. Words of the trade ("Förderung", "Antrag") are not here: their weight is the index's business. */
#include "lib/language/analyse.h"

#include <string.h>

static const char GERMAN[] =
    " aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm andern"
    " anders auch auf aus ausserdem bei beide beiden beim bereits bevor bin bis bist bitte bzw da dabei dadurch dafur"
    " dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf darfst darin daruber darum"
    " darunter das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der deren des"
    " deshalb dessen dh die dies diese diesem diesen dieser dieses doch dort du durch durfen ebenfalls ein eine einem"
    " einen einer eines einige einigem einigen einiger einiges einmal er es etc etwa etwas euch euer eure eurem euren"
    " eurer falls fur gegen gegenuber ggf gibt gilt habe haben hat hatte hatten hier hierbei hierfur hierzu hin hinter"
    " ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem innerhalb ins insbesondere ist ja je jede jedem"
    " jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt jeweils kann kannst kein keine keinem keinen keiner"
    " keines konnen konnt konnte konnten mal man manche mein meine meinem meinen meiner mich mir mit mochte mochten"
    " moglich muss mussen musst nach nachdem nein nicht nichts noch nun nur ob obwohl oder ohne schon sehr sei seid"
    " sein seine seinem seinen seiner seines seit selbst sich sie sind so sobald sofern solche solchem solchen solcher"
    " solches soll sollen sollte sollten somit sondern sonst soweit sowie sowohl statt u ua uber um und uns unser"
    " unsere unserem unseren unserer unseres unter usw vgl viel viele vom von vor wahrend war ware waren warum was wegen weil weitere"
    " weiteren weiterer weiteres welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wirst wo wobei"
    " wodurch wofur wohl wollen womit worden wurde wurden z zb zu zum zur zwar zwischen ";
static const char ENGLISH[] =
    " a about above after again against all also am an and any are as at be because been before being below between"
    " both but by can cannot could did do does doing dos down during each eg etc few for from further had has have having"
    " he her here hers him his how i ie if in into is it its itself just may me might more most must my no nor not of"
    " off on once only or other our ours out over own per same shall she should so some such than that the their"
    " theirs them then there these they this those through to too under until up upon very via was we were what when"
    " where which while who whom why will with within without would you your yours ";

bool mw_is_stopword(struct mw_sv folded, bool english)
{
    char key[20];

    if (folded.n == 0 || folded.n + 3 > sizeof key || memchr(folded.p, ' ', folded.n) != NULL)
        return false;
    key[0] = ' ';
    memcpy(key + 1, folded.p, folded.n);
    key[folded.n + 1] = ' ';
    key[folded.n + 2] = 0;
    return strstr(english ? ENGLISH : GERMAN, key) != NULL;
}
