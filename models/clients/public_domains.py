"""The domains of mail that everybody may have an address in: they say nothing of the company that writes from one.

Only what providers publish as open to the public stands here; families of one provider (``yahoo.co.uk``) are found by
their first label.
"""

from __future__ import annotations

import re

_RUSSIAN = (
    "mail.ru bk.ru inbox.ru list.ru internet.ru xmail.ru vk.com ya.ru narod.ru rambler.ru lenta.ru autorambler.ru"
    " myrambler.ru ro.ru r0.ru rambler.ua qip.ru pochta.ru pochta.com hotbox.ru hotmail.ru km.ru nm.ru aport.ru"
    " newmail.ru pisem.net front.ru land.ru mail15.com mail333.com sendmail.ru ngs.ru sibmail.com e1.ru nightmail.ru"
    " rbcmail.ru mailru.com chat.ru smtp.ru fromru.com dezigner.ru student.su krovatka.su 5ballov.ru"
    " почта.рф xn--80a1acny.xn--p1ai"
)
_NEIGHBOURS = (
    "ukr.net i.ua meta.ua bigmir.net email.ua online.ua freemail.ua tut.by mail.by mail.kz inbox.lv inbox.lt inbox.eu"
    " mail.ee hot.ee one.lv seznam.cz email.cz centrum.cz volny.cz post.cz azet.sk zoznam.sk wp.pl o2.pl onet.pl"
    " interia.pl interia.eu op.pl poczta.fm tlen.pl vp.pl abv.bg mail.bg citromail.hu freemail.hu"
)
_WORLD = (
    "gmail.com googlemail.com icloud.com me.com mac.com msn.com passport.com windowslive.com ymail.com rocketmail.com"
    " aol.com aim.com netscape.net proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io"
    " tutamail.com fastmail.com fastmail.fm mail.com email.com usa.com post.com europe.com zoho.com zohomail.com"
    " hushmail.com lycos.com excite.com rediffmail.com qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn"
    " sohu.com 139.com 189.cn naver.com hanmail.net daum.net web.de t-online.de freenet.de arcor.de posteo.de"
    " mailbox.org libero.it virgilio.it tiscali.it alice.it tin.it orange.fr wanadoo.fr free.fr sfr.fr laposte.net"
    " neuf.fr bluewin.ch skynet.be telenet.be ziggo.nl kpnmail.nl planet.nl terra.com.br uol.com.br bol.com.br"
    " comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com"
    " btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com bigpond.com optusnet.com.au rogers.com"
    " sympatico.ca shaw.ca telus.net walla.com walla.co.il mail2world.com inbox.com duck.com"
)
PUBLIC_DOMAINS = frozenset(f"{_RUSSIAN} {_NEIGHBOURS} {_WORLD}".split())
_FAMILIES = re.compile(r"(?:yahoo|hotmail|outlook|live|gmx|yandex)\.(?:(?:co|com)\.)?[a-z]{2,3}")


def domain_of(address: str) -> str:
    """The domain of an e-mail address, in lower case; empty where there is none."""
    return address.rpartition("@")[2].strip().strip(".>").casefold() if "@" in address else ""


def is_public_domain(domain: str) -> bool:
    """Whether everybody may have an address in this domain."""
    folded = domain.strip().strip(".").casefold()
    return folded in PUBLIC_DOMAINS or _FAMILIES.fullmatch(folded) is not None


def own_domain(address: str) -> str:
    """The domain of an address that tells whose it is; empty for a public one."""
    domain = domain_of(address)
    return "" if is_public_domain(domain) else domain
