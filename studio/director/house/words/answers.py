"""What a question is about, as far as the house director can answer it."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon

COST = Lexicon(
    "cost, costs, price, pay, expensive, budget, money, charge, charged, kostet, kosten, "
    "preis, coûte, coût, prix, cuesta, coste, precio, costa, costo, prezzo, kost, prijs, "
    "custa, custo, preço",
)
NEXT = Lexicon(
    "next, after this, after that, then, continue, go on, proceed, approve, happens, follows, "
    "comes, weiter, weitermachen, passiert, danach, als nächstes, continuer, continuons, "
    "ensuite, se passe, suite, pasa, sigue, siguiente, sigo, seguimos, continuar, continúo, "
    "succede, continuo, continuiamo, dopo, gebeurt, doorgaan, daarna, acontece, depois",
)
TAKES = Lexicon(
    "take, takes, version, versions, variant, variants, fassung, fassungen, prise, prises, "
    "toma, tomas, versione, versioni, versie, versies, versão, versões",
)
PACE = Lexicon(
    "loop, looping, pace, speed, fast, slow, long, length, duration, seconds, easing, tempo, "
    "schnell, lang, länge, dauer, schleife, vitesse, durée, boucle, velocidad, dura, duración, "
    "bucle, velocità, durata, snelheid, duur, velocidade, duração",
)
RATIO = Lexicon(
    "ratio, ratios, aspect, format, formats, size, sizes, vertical, square, landscape, crop, "
    "seitenverhältnis, formate, formato, formatos, formati, formaat, tamanho, tamaño",
)
SET_UP = Lexicon(
    "pose, background, backdrop, set up, setup, hintergrund, fond, fondo, sfondo, achtergrond, "
    "fundo, posa, houding",
)
FAILED = Lexicon(
    "fail, failed, fails, failure, error, wrong, happened, went, broken, fehler, schief, "
    "gescheitert, erreur, échoué, fallado, falló, errore, fallito, fout, mislukt, erro, falhou",
)
HELP = Lexicon(
    "help, what can i say, what can i do, what can we do, what are my options, which options, "
    "what options, how does this work, hilfe, was kann ich sagen, was kann ich tun, was geht, "
    "aide, que puis je dire, que puis je faire, ayuda, qué puedo decir, qué puedo hacer, "
    "aiuto, cosa posso dire, cosa posso fare, wat kan ik zeggen, wat kan ik doen, ajuda, "
    "o que posso dizer, o que posso fazer",
)
