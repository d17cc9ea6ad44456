"""Words that stand against doing anything yet: questions, doubts, conditions, refusals, irony."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon
from studio.director.house.tokens import word_set

REQUEST = Lexicon(
    # English
    "can u, could u, would u, can you, could you, would you, will you, can we, could we, "
    "can you please, "
    "could you please, can we please, would you please, would you mind, could you maybe, "
    "can you maybe, could we maybe, could you perhaps, could it be, can it be, could this be, "
    "can this be, could they be, can they be, could she, could he, could they, can she, "
    "can he, can they, would it be possible to, is it possible to, would you be able to, "
    "is there a way to, how about, what about, why dont we, why dont you, why not make, "
    "why not try, do you think you could, do you think we could, "
    # German
    "kannst du, könntest du, können wir, könnten wir, können sie, könnten sie, kann man, "
    "könnte man, würdest du, würden sie, magst du, wie wäre es mit, wie wärs mit, "
    "kannst du bitte, könntest du bitte, kann ich, könnte ich, kann sie, kann er, "
    # French
    "peux tu, pouvez vous, pourrais tu, pourriez vous, peut on, pourrait on, tu peux, "
    "vous pouvez, on peut, on pourrait, tu pourrais, vous pourriez, est ce que tu peux, "
    "est ce qu on peut, est ce que vous pouvez, est ce qu on pourrait, "
    # Spanish
    "puedes, puede, podrías, podría, podemos, podríamos, se puede, se podría, qué tal, "
    # Italian
    "puoi, potresti, può, potrebbe, possiamo, potremmo, si può, si potrebbe, "
    # Dutch
    "kun je, kan je, kunt u, zou je, zou u, kunnen we, zouden we, kan het, kunnen ze, "
    "zou het kunnen, wil je, "
    # Portuguese
    "podes, pode, poderia, poderias, podemos, poderíamos, dá para, dá pra, você pode, "
    "você poderia, consegues",
)
"""The polite form of an imperative: what follows is wished for, though it ends like a question."""

REQUEST_OF = Lexicon(
    "can i have, can i get, could i have, could i get, may i have, kann ich haben, "
    "puis je avoir, je peux avoir, puedo tener, posso avere, mag ik, posso ter",
)
"""The same, where the last word is part of the wish."""

MAY = word_set(
    "could can konnte konnten kann pourrait peut podria puede potrebbe puo kan zou pode poderia"
)
"""Begin a wish in the form of a question where more or less of something is asked for."""

ASKING = Lexicon(
    "can you see, could you see, can you tell, could you tell, can we tell, can you explain, "
    "siehst du, kannst du sehen, tu vois, puedes ver, puoi vedere, kun je zien, consegues ver",
)
"""Questions in the form of a request."""

ASKS_AFTER_REQUEST = Lexicon(
    "tell, explain, say, describe, confirm, remember, know, believe, imagine, understand, "
    "hear, guess, recommend, suggest, advise, show me the options, show me what, sagen, "
    "erklären, sehen, verstehen, dire, expliquer, voir, decir, explicar, decirme, ver, dirmi, "
    "spiegare, vedere, zeggen, uitleggen, zien, dizer, me dizer, help me decide",
)
"""After a polite opening these make it a question after all."""

INTERROGATIVE = Lexicon(
    "what, whats, why, who, whose, whom, where, when, which, how, hows, is it, is this, "
    "is that, is the, is there, is he, is she, is everything, is my, is your, are they, "
    "are these, are those, are the, are there, are we, are all, was it, was this, was that, "
    "was the, were they, were the, isnt it, isnt this, isnt that, isnt the, arent they, does, "
    "did, doesnt it, didnt, do you, do we, do i, do they, dont you, dont we, has, have you, "
    "have we, will it, will this, will that, will there, will we, will i, would it, "
    "would that, would this, would i, could i, can i, may i, might, should, shouldnt, shall, "
    "am i, are you, anything else, any thoughts, any ideas, thoughts, what if, was ist, "
    "was sind, was passiert, was kostet, was meinst, was denkst, was hältst, was kommt, "
    "was soll, was kann, was wenn, warum, wieso, weshalb, wie, wann, wer, wo, wohin, welche, "
    "welcher, welches, welchen, ist das, ist es, ist die, ist der, ist da, sind die, sind das, "
    "sind sie, soll ich, sollen wir, soll es, soll das, sollte ich, sollten wir, gibt es, "
    "hast du, darf ich, findest du, meinst du, pourquoi, comment, quand, qui, où, quel, "
    "quelle, quels, quelles, combien, est ce, est ce que, est il, que penses, que se passe, "
    "qu est ce, c est quoi, faut il, devrait on, dois je, doit on, y a t il, qué, por qué, "
    "cómo, cuándo, cuál, cuáles, quién, dónde, cuánto, cuánta, cuántos, hay, debería, "
    "deberíamos, perché, quando, quale, quali, chi, dove, quanto, quanta, quanti, cosa, "
    "che cosa, c è, devo, dovremmo, waarom, hoe, wanneer, waar, welk, welke, hoeveel, wat is, "
    "wat vind, wat gebeurt, wat als, wat kost, moet ik, moeten we, zullen we, vind je, heb je, "
    "por que, porque é que, qual, quais, quem, onde, quantos, o que, será, devemos",
)
"""How a question begins, also where its question mark was forgotten."""

STRONG_DOUBT = Lexicon(
    "not sure, im not sure, not so sure, unsure, not certain, uncertain, dont know, "
    "do not know, i dont know, dunno, idk, no idea, undecided, cant decide, cannot decide, "
    "im torn, i am torn, feeling torn, let me think, let me ask, let me check, let me show, "
    "let me talk, need to ask, have to ask, must ask, need to think, have to think, need time, "
    "sleep on it, come back to this, go either way, thinking about it, ill think, hard to say, "
    "difficult to say, on the fence, having doubts, i doubt, not convinced, forget it, "
    "never mind, nevermind, scratch that, ignore that, weiß nicht, weiss nicht, "
    "ich weiß nicht, nicht sicher, bin nicht sicher, bin mir nicht sicher, keine ahnung, "
    "unsicher, unentschlossen, schwer zu sagen, muss ich überlegen, muss überlegen, "
    "ich überlege, nicht überzeugt, je ne sais pas, je sais pas, sais pas, chais pas, pas sûr, "
    "pas sûre, aucune idée, j hésite, je réfléchis, pas convaincu, pas convaincue, no sé, "
    "no lo sé, no estoy seguro, no estoy segura, ni idea, tengo dudas, déjame pensar, non so, "
    "non lo so, non sono sicuro, non sono sicura, boh, nessuna idea, fammi pensare, weet niet, "
    "weet ik niet, ik weet het niet, weet het niet, niet zeker, geen idee, twijfel, "
    "ik twijfel, even denken, não sei, sei lá, não tenho certeza, sem certeza, não faço ideia, "
    "estou em dúvida, tenho dúvidas, deixa eu pensar",
)
"""Nobody acts on these."""

SURE = Lexicon(
    "sure, certain, convinced, positive, sicher, überzeugt, sûr, sûre, convaincu, convaincue, "
    "seguro, segura, convencido, convencida, sicuro, sicura, convinto, convinta, zeker, "
    "overtuigd, certeza, decided, entschieden",
)
"""With a no, the same: ``not a hundred percent sure``."""

HESITATION = Lexicon(
    "take five, take ten, take a break, sit tight, stand by, hang tight, bear with me, "
    "give me a second, give me a sec, "
    "give me a minute, give me a moment, need a minute, "
    "need a second, need a moment, want to think, think about, think it over, think before, "
    "before i, before we, before you, until i, i wish, tomorrow, later today, not now, morgen, "
    "demain, mañana, domani, amanhã, who said, nobody said, you said, they said, great start, "
    "good start, getting there, nearly there, almost there, almost perfect, nearly perfect, "
    "almost, nearly, hmm, hm, hmmm, mm, mmm, mhm, uh, uhm, umm, erm, eh, meh, maybe, perhaps, "
    "possibly, probably, i guess, guess so, guess, i suppose, suppose, i think, i think so, "
    "think so, id think, kinda, kind of, sort of, sorta, somewhat, more or less, so so, "
    "could be, might be, might work, may be, would, would be, seems, seems to, seemingly, "
    "apparently, i assume, presumably, fair enough, whatever, if you say so, if you think so, "
    "up to you, your call, you decide, wait, wait a moment, wait a minute, wait a second, "
    "hold on, hang on, one moment, one second, one sec, a moment, just a moment, "
    "not quite sure, i hope, hopefully, passable, acceptable i, for what its worth, "
    "let me see, let me look, hm hm, äh, ähm, öhm, vielleicht, eventuell, möglicherweise, "
    "wahrscheinlich, vermutlich, glaube, ich glaube, glaub, ich glaub, denke, ich denke, "
    "denk ich, schätze, ich schätze, naja, na ja, so lala, geht so, mal sehen, mal schauen, "
    "moment, einen moment, warte, warte mal, könnte, wenn du meinst, irgendwie, peut être, "
    "probablement, sans doute, je crois, je pense, je suppose, bof, mouais, euh, attends, "
    "attendez, un instant, un moment, on verra, comme ci comme ça, si tu veux, quizás, quizá, "
    "tal vez, a lo mejor, probablemente, supongo, creo, creo que sí, creo que, espera, "
    "un momento, más o menos, ya veremos, forse, magari, probabilmente, suppongo, credo, "
    "penso, aspetta, un attimo, insomma, così così, mah, vediamo, misschien, waarschijnlijk, "
    "wellicht, denk ik, ik denk, ik geloof, wacht, wacht even, een moment, momentje, zo zo, "
    "mwah, gaat wel, even kijken, talvez, quem sabe, provavelmente, acho, acho que, "
    "acho que sim, suponho, espera aí, um momento, um instante, mais ou menos, vamos ver, 🤔, "
    "😕, 😐, 🤷, 😬, 🫤, …",
)
"""Said by somebody who has not decided: never an approval."""

CONDITION = Lexicon(
    "if, unless, provided, provided that, as long as, so long as, assuming, in case, only if, "
    "only when, as soon as, whenever, depending on, except if, except when, falls, wenn, "
    "sofern, sobald, solange, es sei denn, erst wenn, vorausgesetzt, pourvu que, à condition, "
    "à moins que, dès que, tant que, a menos que, siempre que, con tal de que, en cuanto, "
    "purché, a patto che, a meno che, non appena, finché, qualora, tenzij, zodra, mits, "
    "indien, desde que, contanto que, a não ser que, assim que",
)
"""Ties what is said to something that nobody has checked."""

CONDITION_FIRST = Lexicon(
    "si, se, s il, s ils, quand, quando, cuando, lorsque, als, when, once, until, after, caso",
)
"""Conditions only where they begin a longer clause; elsewhere yes, a pronoun, a comparison."""

POLITE_CONDITION = Lexicon(
    "if you can, if you could, if possible, if thats possible, if you please, "
    "if you dont mind, if you would, if i may, as if, see if you can, see if you could, "
    "when you can, when you have a moment, wenn möglich, wenn du kannst, wenn es geht, "
    "wenns geht, als ob, si possible, si tu peux, si c est possible, comme si, si es posible, "
    "si puedes, como si, se possibile, se puoi, come se, als het kan, alsof, se possível, "
    "se puder, como se, it would be nice if, it would be great if, it would be good if, "
    "it would be better if, would be nice if, would be great if, it would be lovely if, "
    "id love it if, id like it if, i would like it if, i would love it if, i prefer it if, "
    "id be happy if, es wäre schön wenn, es wäre gut wenn, ce serait bien si, "
    "ce serait mieux si, sería bueno si, sarebbe bello se, het zou mooi zijn als, seria bom se",
)
"""Look like conditions, and are courtesy or comparison."""

CONTRAST = Lexicon(
    "but, except, except for, except that, however, although, though, even though, apart from, "
    "aside from, other than, only that, aber, jedoch, allerdings, obwohl, außer, bis auf, "
    "abgesehen von, sondern, sino, bensì, dennoch, trotzdem, mais, sauf, cependant, toutefois, "
    "pourtant, excepté, "
    "à part, pero, salvo, excepto, sin embargo, aunque, ma, però, tranne, eccetto, a parte, "
    "tuttavia, anche se, maar, behalve, echter, hoewel, mas, porém, contudo, exceto, embora",
)
"""A reservation follows, in a clause of its own."""

RESERVE = Lexicon(
    "only, just not, still, yet, besides, bar, save for, despite, nearly, almost, "
    "unfortunately, sadly, nur, leider, noch, fast, seulement, presque, malheureusement, solo, "
    "casi, menos, lástima, soltanto, quasi, purtroppo, alleen, bijna, helaas, apenas, quase, "
    "infelizmente",
)
"""Something is left to wish for."""

NEGATION = Lexicon(
    "no, not, dont, do not, doesnt, didnt, isnt, arent, wasnt, cant, cannot, couldnt, wont, "
    "wouldnt, shouldnt, never, none, nothing, neither, nor, nope, nah, no way, not yet, "
    "hardly, barely, without, stop, aint, anything but, far from, nicht, kein, keine, keinen, "
    "keiner, keinesfalls, keineswegs, nein, nie, niemals, nichts, ohne, ne, n, pas, non, "
    "jamais, rien, aucun, aucune, sans, ni, nunca, jamás, nada, ningún, ninguna, ninguno, "
    "tampoco, sin, niente, nessun, nessuna, nessuno, mai, senza, nemmeno, neanche, niet, geen, "
    "nee, nooit, niets, zonder, não, nem, nenhum, nenhuma, sem, 👎, 🚫, ❌, ✋, 🛑",
)
"""Says no to something."""

SARCASM = Lexicon(
    "just great, just perfect, just wonderful, yeah right, yeah sure, oh great, oh sure, "
    "oh wonderful, oh perfect, oh lovely, oh fantastic, just what i needed, "
    "exactly what i needed, thanks for nothing, nice try, good one, sarcasm, sure because, "
    "very funny, how original, slow clap, what a surprise, big surprise, ja klar, na toll, "
    "na super, na prima, ach wie schön, na klasse, oh super, mais bien sûr, ben voyons, "
    "bah bravo, super merci pour rien, sí claro, qué bien, vaya por dios, ma certo, come no, "
    "ja hoor lekker, sim claro, ah tá, 🙄, 🙃, 😒, 😑, 🤡, 🤦, 😏, /s",
)
"""Words that are seldom meant."""

REFUSAL = Lexicon(
    "reject, rejected, i reject, disapprove, i disapprove, denied, thumbs down, no go, "
    "hold off, pause, abgelehnt, ablehnen, refusé, je refuse, rechazado, rifiutato, afgekeurd, "
    "rejeitado, reprovado, pas encore, todavía no, aún no, non ancora, nog niet, ainda não, "
    "noch nicht, not yet, no way, auf keinen fall, de ninguna manera, vergiss es",
)
"""A no without a wish."""

MAYBE = Lexicon(
    "maybe, perhaps, possibly, probably, i guess, i suppose, vielleicht, eventuell, peut être, "
    "quizás, quizá, tal vez, forse, magari, misschien, wellicht, talvez"
)
"""A wish that somebody only considers."""
