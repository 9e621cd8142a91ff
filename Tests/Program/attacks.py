"""Markup that must not run: families of the public cheat sheets and of the faults that other generators of pages had, each in many spellings."""
from itertools import product

SCHEMES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)", "java&#10;script:alert(1)", "java&#x0D;script:alert(1)", "&#106;avascript:alert(1)", "&#x6Aavascript:alert(1)",
    "&#0000106avascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3A;alert(1)", "&#1;javascript:alert(1)",
    "\x01javascript:alert(1)", "&nbsp;javascript:alert(1)", "java\x00script:alert(1)", "vbscript:alert(1)", "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>", "data:,alert(1)", "DATA&colon;text/html,x", "javascript://%0Aalert(1)",
    "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "jav\u00adascript:alert(1)", "javascript\u2028:alert(1)", "file:///etc/passwd", "blob:null/x", "filesystem:http://x/y", "view-source:javascript:1",
]
HOLDERS = [
    '<a href="{}">w</a>', "<a href='{}'>w</a>", "<a href={}>w</a>", "<a HREF = \"{}\" >w</a>", '<a xlink:href="{}">w</a>', '<img src="{}" alt=w>',
    '<div><a href="{}">w</a></div>', '<details><summary><a href="{}">w</a></summary></details>', '<table><tr><td background="{}"><a href="{}">w</a></table>',
    "[w]({})", "[w](<{}>)", "![w](<{}>)", "<{}>", "[w]\n\n[w]: <{}>", '<a title="x" href="{}" href="https://x.example">w</a>',
    '<a href="https://x.example" href="{}">w</a>', '<blockquote cite="{}">w</blockquote>', '<del cite="{}">w</del>',
]
HANDLERS = ["onclick", "ONLOAD", "onerror", "onfocus autofocus tabindex=1", "onmouseover", "onanimationstart", "ontoggle", "onpointerenter", "onbeforetoggle",
            "/onload", "\nonload", "on\u0131oad", "onload ", "onload\x0c"]
TAGS = ["a", "b", "img src=x", "details open", "summary", "td", "kbd", "div", "p", "ol", "svg", "math", "video", "body", "input", "select", "marquee", "audio",
        "abbr title=x", "h3", "br", "hr", "li", "pre", "blockquote", "x-y", "button", "iframe", "object", "isindex"]
FORMS = ["<{tag} {handler}=alert(1)>w</{name}>", "<{tag} {handler}='alert(1)'>", "<{tag}/{handler}=\"alert(1)\"//>w", "<{tag} x=\"\" {handler}=alert(1) y",
         "<div><{tag} {handler}=alert(1)>w</div>"]

OTHERS = [
    "<script>alert(1)</script>", "<SCRIPT\n>alert(1)</SCRIPT\n>", "<script src=data:,alert(1)></script>", "<script>alert(1)", "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>", "<script\x0c>alert(1)</script>", "</script><script>alert(1)</script>",
    "<b><script>alert(1)</b></script>", "<b>*<script>*</b>alert(1)</script>", "*<script>*alert(1)</script>", "`<b>`<script>`</b>`alert(1)</script>",
    "<a title='</a><script>alert(1)</script>'>w</a>", "<b title=\"><script>alert(1)</script>\">w</b>", "<img title=\"--><script>alert(1)</script>\">",
    "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script> -->", "<!-- x --\n><img src=x onerror=alert(1)> -->", "<!---><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml <script>alert(1)</script> ?>", "<!x <script>alert(1)</script>>", "<!DOCTYPE x [<!ENTITY y '<script>'>]>&y;",
    "<style>@import 'javascript:alert(1)';</style>", "<style>*{background:url(javascript:alert(1))}</style>", "<p style=\"x:expression(alert(1))\">w</p>",
    "<p style='position:fixed;inset:0;background:red'>w</p>", "<link rel=stylesheet href=data:,x>", "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<form action=javascript:alert(1)><input type=submit><button formaction=javascript:alert(1)>w</form>",
    "<form><input name=attributes></form>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)>", "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>", "<applet code=x></applet>", "<frameset onload=alert(1)>", "<portal src=x>", "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<textarea></textarea><img src=x onerror=alert(1)></textarea>", "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext><script>alert(1)", "<noembed><img src=x onerror=alert(1)></noembed>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>", "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>w</text></a></svg>", "<svg><use href='data:image/svg+xml,x#y'/></svg>",
    "<svg><foreignObject><iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe></foreignObject></svg>", "<svg><set attributeName=onload to=alert(1)></svg>",
    "<table><td><svg><desc><td></desc><img src=x onerror=alert(1)>", "<table><script>alert(1)</script><tr><td>w</table>", "<table><caption><img src=x onerror=alert(1)></table>",
    "<select><noscript></select><script>alert(1)</script>", "<details><details><summary onclick=alert(1)>w", "<ul><li onclick=alert(1)><li style=x>w</ul>",
    "<a id=location name=document>w</a>", "<img name=cookie src=x>", "<a id=__proto__>w</a>", "<a id='x\" onclick=alert(1) y=\"'>w</a>", "<a name=\"x'><script>alert(1)</script>\">w</a>",
    "<a href='https://x.example/\"onclick=alert(1)//'>w</a>", "<a href=https://x.example/`onclick=alert(1)`>w</a>", "<a target=_blank href=https://x.example>w</a>",
    "<abbr title='&quot; onclick=alert(1) x=&quot;'>w</abbr>", "<abbr title='\"><script>alert(1)</script>'>w</abbr>", "<td align='left\" onclick=\"alert(1)'>w</td>",
    "<ol start='1\" onclick=\"alert(1)'><li>w</ol>", "<table><tr><td colspan='2\" onclick=alert(1) \"'>w</table>", "<pre><script>alert(1)</script></pre>",
    "<pre></code><img src=x onerror=alert(1)></pre>", "<code><img src=x onerror=alert(1)></code>", "<kbd><script>alert(1)</script></kbd>", "<pre>\n</pre><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\<script>alert(1)\\</script>", "%3Cscript%3Ealert(1)%3C/script%3E",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<\x00script>alert(1)</script>", "<s\x00cript>alert(1)</script>",
    "``` x\" onclick=alert(1) y=\"\nw\n```", "```\"><script>alert(1)</script>\nw\n```", "~~~ <img/src/onerror=alert(1)>\nw\n~~~", "```x'onmouseover=alert(1)\nw\n```",
    "[w](x \"\\\" onclick=alert(1) y=\\\"\")", "[w](x '\"><script>alert(1)</script>')", "[w](<x\" onclick=\"alert(1)>)", "[<img src=x onerror=alert(1)>](y)",
    "![\" onerror=alert(1) x=\"](y.png)", "![w](y.png \"\\\" onerror=alert(1) \\\"\")", "[w][x]\n\n[x]: y '\" onclick=alert(1) z=\"'", "[x\" onclick=alert(1)]: y\n[x\" onclick=alert(1)]",
    "<https://x.example/\"onclick=alert(1)>", "<https://x.example/'><script>alert(1)</script>>", "https://x.example/\"onclick=alert(1)", "https://x.example/<script>alert(1)</script>",
    "www.x.example/'onclick='alert(1)", "a\"onclick=alert(1)@x.example", "<a\"onclick=alert(1)@x.example>", "@\"onclick=alert(1)", "#1\"onclick=alert(1)",
    "# <script>alert(1)</script>", "## \" onclick=alert(1) x=\"", "<script>alert(1)</script>\n===", "<h3 id='x\" onclick=alert(1) \"'>w</h3>", "<h3 onclick=alert(1)><script>alert(1)</script></h3>",
    "> [!NOTE]\n> <img src=x onerror=alert(1)>", "> [!<script>alert(1)</script>]\n> w", "- [ ] <img src=x onerror=alert(1)>", "- [x\" onclick=alert(1)] w",
    "| <script>alert(1)</script> | b |\n|---|:-:|\n| <img src=x onerror=alert(1)> | <td onclick=alert(1)> |", "| a |\n|---|\n| </td></table><script>alert(1)</script> |",
    "~~<script>~~alert(1)</script>", ":tada\" onclick=alert(1):", "**<img src=x onerror=alert(1)>**", "<b>~~</b><script>~~alert(1)</script>",
    "[^1]\n\n[^1]: <script>alert(1)</script>", "[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: w", "[w](#\"onclick=alert(1))", "[w](#<script>alert(1)</script>)",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<%= alert(1) %>", "{% raw %}<script>alert(1)</script>{% endraw %}", "{{<script>alert(1)</script>}}",
    "<" * 400 + "script>alert(1)</script>", "<b>" * 300 + "<script>alert(1)</script>", "<a href=" + "x" * 9000 + " onclick=alert(1)>w</a>",
    "<b " + "x=y " * 300 + "onclick=alert(1)>w</b>", "<div>" * 300 + "<img src=x onerror=alert(1)>", "<details>" * 50 + "<script>alert(1)</script>",
]


def attacks():
    found = [holder.replace("{}", scheme) for holder, scheme in product(HOLDERS, SCHEMES)]
    for (index, tag), handler in product(enumerate(TAGS), HANDLERS):
        found.append(FORMS[index % len(FORMS)].format(tag=tag, name=tag.split()[0], handler=handler))
    return found + OTHERS
