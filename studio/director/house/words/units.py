"""Numbers as words, and what is numbered: frames, clips, takes; the five stages by name."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon, Table
from studio.director.house.tokens import word_set
from studio.stages import Stage

NUMBERS: Table[int] = Table({
    "one, eins, uno, una, un, une, ein, eine, een, um, uma": 1,
    "two, zwei, zwo, beiden, deux, dos, due, twee, dois, duas": 2,
    "three, drei, trois, tres, tre, drie, três": 3,
    "four, vier, quatre, cuatro, quattro, quatro": 4,
    "five, fünf, cinq, cinco, cinque, vijf": 5,
    "six, sechs, seis, sei, zes": 6,
    "seven, sieben, sept, siete, sette, zeven, sete": 7,
    "eight, acht, huit, ocho, otto, oito": 8,
    "nine, neun, neuf, nueve, nove, negen": 9,
    "ten, zehn, dix, diez, dieci, tien, dez": 10,
    "sixteen, sechzehn, seize, dieciséis, sedici, zestien, dezesseis, dezasseis": 16,
})  # fmt: skip

ARTICLES = word_set("one un une una uno ein eine een um uma")
"""Numbers only where they follow a noun; elsewhere articles and pronouns."""

ORDINALS: Table[int] = Table({
    "first, erste, erstes, ersten, erster, erstem, premier, première, premiers, premières, "
    "primer, primero, primera, primeros, primeras, primo, prima, primi, prime, eerste, "
    "primeiro, primeira, primeiros, primeiras": 1,
    "second, zweite, zweites, zweiten, zweiter, zweitem, deuxième, deuxièmes, seconde, "
    "segundo, segunda, secondo, seconda, tweede": 2,
    "third, dritte, drittes, dritten, dritter, drittem, troisième, tercer, tercero, tercera, "
    "terzo, terza, derde, terceiro, terceira": 3,
    "fourth, vierte, viertes, vierten, vierter, viertem, quatrième, cuarto, cuarta, quarto, "
    "quarta, vierde": 4,
    "fifth, fünfte, fünftes, fünften, fünfter, fünftem, cinquième, quinto, quinta, vijfde": 5,
    "sixth, sechste, sechstes, sechsten, sechster, sechstem, sixième, sexto, sexta, sesto, "
    "sesta, zesde": 6,
    "seventh, siebte, siebtes, siebten, septième, séptimo, séptima, settimo, settima, zevende, "
    "sétimo, sétima": 7,
    "eighth, achte, achtes, achten, huitième, octavo, octava, ottavo, ottava, achtste, oitavo, "
    "oitava": 8,
})  # fmt: skip

LAST = Lexicon(
    "last, letzte, letztes, letzten, letzter, letztem, dernier, dernière, derniers, dernières, "
    "último, última, últimos, últimas, ultimo, ultima, ultimi, ultime, laatste",
)
FIRST = Lexicon(
    "first, ersten, erste, premiers, premières, primeros, primeras, primi, prime, eerste, "
    "primeiros, primeiras",
)
MIDDLE = Lexicon(
    "middle, mittleren, centrales, centrali, middelste, do meio",
)
ODD = Lexicon(
    "odd, odd numbered, ungeraden, ungerade, impaires, impairs, impares, dispari, oneven, ímpares",
)
EVEN = Lexicon(
    "even, even numbered, geraden, gerade, paires, pairs, pares, pari",
)

FRAME = Lexicon(
    "frame, frames, frm, bild, bilder, bildern, einzelbild, einzelbilder, cadre, cadres, "
    "fotograma, fotogramas, cuadro, cuadros, fotogramma, fotogrammi, inquadratura, "
    "inquadrature, beeld, beelden, beeldje, quadro, quadros",
)
PICTURE = Lexicon(
    "image, images, picture, pictures, pic, pics, photo, photos, photograph, photographs, "
    "still, stills, foto, fotos, imagen, imágenes, immagine, immagini, imagem, imagens, "
    "afbeelding, afbeeldingen, aufnahme, aufnahmen, photographie",
)
"""Frames, once there are frames; cells of the contact sheet before."""
CELL = Lexicon(
    "shot, shots, cell, cells, panel, panels, tile, tiles, einstellung, plan, plans, plano, "
    "planos, scatto, scatti, shot number, vignette, vignettes",
)
"""Whatever the stage shows by number."""
CLIP = Lexicon(
    "clip, clips, video, videos, vid, vids, video clip, video clips, transition, transitions, "
    "vidéo, vidéos, vídeo, vídeos, clipe, clipes, filmpje, filmpjes, videoclip, übergang, "
    "übergänge",
)
ONES = Lexicon(
    "one, ones, of them, von ihnen, d entre elles, d entre eux, de ellas, de ellos, di loro, "
    "van hen, delas, deles",
)
NUMBER_MARK = Lexicon(
    "number, numbers, no, nos, nr, nummer, nummern, num, numéro, numéros, número, números, "
    "numero, numeri, #, n",
)

ALL = Lexicon(
    "all, every, each, every single, any and all, alle, allen, aller, jedes, jedem, jeder, "
    "jede, sämtliche, tous, toutes, chaque, toutes les, tous les, todos, todas, todos los, "
    "todas las, cada, tutti, tutte, tutti i, tutte le, ogni, elke, ieder, elk, todos os, "
    "todas as",
)
EVERYTHING = Lexicon(
    "everything, every one, each one, all of them, all of these, all of those, them all, "
    "these all, all six, all five, alles, alles andere, tout, todo, tutto, tudo, the lot, "
    "the whole lot, the whole set, alle sechs, les six, las seis, los seis, tutti e sei, "
    "tutte e sei, alle zes, os seis, as seis",
)
THEM = Lexicon(
    "them, these, those, sie, elles, eux, ellas, ellos, ze, elas, eles",
)
BUT = Lexicon(
    "but, but not, except, except for, excepting, excluding, without, bar, besides, "
    "apart from, aside from, other than, save, save for, minus, not, ausser, außer, bis auf, "
    "ohne, abgesehen von, sauf, excepté, hormis, à part, à l exception de, menos, excepto, "
    "salvo, a excepción de, tranne, eccetto, meno, a parte, escluso, behalve, uitgezonderd, "
    "op, na, exceto, tirando, fora",
)
REST = Lexicon(
    "rest, the rest, others, the others, other ones, the other ones, all others, "
    "all the others, remaining, remaining ones, the remaining, die anderen, die übrigen, "
    "der rest, alle anderen, les autres, le reste, los demás, las demás, los otros, las otras, "
    "el resto, gli altri, le altre, il resto, de andere, de rest, de overige, os outros, "
    "as outras, o resto",
)
RANGE = Lexicon(
    "to, through, thru, till, until, up to, bis, à, au, a, al, hasta, fino a, tot, tot en met, "
    "até, ao, -",
)
AND = Lexicon(
    "and, und, et, y, e, en, plus, as well as, sowie, &, +, and also",
)
ARTICLE = Lexicon(
    "the, a, an, my, our, your, this, that, these, those, only, just, der, die, das, den, dem, "
    "des, le, la, les, l, el, los, las, il, lo, i, gli, de, het, o, os, as, nur, seulement, "
    "solo",
)
FROM = Lexicon(
    "from, between, von, de, du, des, dal, dalla, van, da, desde, entre, tra",
)
BEFORE_TARGET = Lexicon(
    "in, on, for, of, with, to, at, from, as for, in der, im, in den, auf, bei, für, am, von, "
    "dans, sur, pour, de, du, des, à, au, aux, en, para, del, por, con, nel, nelle, nei, "
    "nella, su, sul, sulla, sulle, per, di, op, voor, van, bij, em, na, no, nas, nos, da, do, "
    "das, dos",
)
"""What ties a target to the wish before it."""

STAGE: Table[Stage] = Table({
    "hero, hero shot, hero image, hero picture, hero frame, hero photo, the hero, key image, "
    "keyvisual, key visual, hauptbild, image héros, heroe, imagen principal": Stage.HERO,
    "contact sheet, contact sheets, contactsheet, sheet, kontaktbogen, planche contact, "
    "planche, hoja de contactos, hoja de contacto, provino, provini, foglio di provini, "
    "contactvel, contactblad, folha de contato, folha de contatos, "
    "folha de contacto": Stage.CONTACT_SHEET,
    "frame cropping, frame extraction, cropping the frames, frames, all frames, six frames, "
    "the six frames, stills, bilder, einzelbilder, fotogramas, fotogrammi, beelden, "
    "quadros": Stage.FRAMES,
    "clips, videos, le clip, i clip, video clips, the clips, all clips, five clips, vidéos, "
    "vídeos, clipes, filmpjes, animation, animations, video generation, clip generation, "
    "videos generation, generating videos, generating clips": Stage.CLIPS,
    "film, the film, movie, final film, final video, final cut, final movie, final, "
    "whole film, fashion film, video, edit, cut, the cut, the edit, película, vidéo, vídeo, "
    "filme, montage, schnitt, montaje": Stage.COMPLETE,
})  # fmt: skip

SHEET_ONLY = frozenset({Stage.HERO, Stage.CONTACT_SHEET})

IN = Lexicon(
    "from, in, on, for, of, in den, in der, auf, bei, für, dans, sur, pour, en, para, nel, "
    "nelle, su, sulle, per, op, voor, em, na, no, nas, nos",
)
"""Of these, the ones that a bare number may follow."""
MORE = Lexicon(
    "more, other, different, versions, variants, takes, people, models, minutes, hours, days, "
    "weitere, andere, autres, otras, otros, altre, altri, outras, outros",
)
"""After a number: a count, no target."""
PLURAL = Lexicon(
    "the frames, these frames, those frames, the pictures, these pictures, the images, "
    "these images, the photos, these photos, the stills, die bilder, die fotos, les images, "
    "les photos, las imágenes, las fotos, le immagini, le foto, de beelden, de fotos, "
    "as imagens, as fotos, os quadros",
)
PLURAL_CLIPS = Lexicon(
    "the clips, these clips, those clips, the videos, these videos, die clips, die videos, "
    "les clips, les vidéos, los clips, los vídeos, le clip, i video, de clips, de filmpjes, "
    "os clipes, os vídeos",
)
"""All of them, where no number is said."""

LIKE = Lexicon(
    "match, matches, matching, like, than, as, similar to, wie, als, comme, como, come, zoals",
)
"""Before a stage that is only compared with."""

OUT_OF = Lexicon(
    "of, out of, von, sur, de, su, van, em",
)
"""Between two numbers: a share, ``5 of 6``."""
