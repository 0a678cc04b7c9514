"""What must hold when a page is small, enlarged or spaced as some readers need it."""

from playwright.sync_api import Page

# https://www.w3.org/TR/WCAG22/#text-spacing
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CUT = """() => [...document.querySelectorAll('button, nav a')]
  .filter(node => node.offsetParent && node.scrollHeight > node.clientHeight + 2 && node.clientHeight > 0)
  .map(node => node.outerHTML.slice(0, 160))"""
# Of each block with words in it, the characters of its longest line as it is broken now. Cells of tables, code, trees,
# controls and what is cut off by an ellipsis are no prose.
PROSE = """() => {
  const none = 'pre, code, table, [role=row], [role=tree], button, nav, header, svg, math, textarea, .mono';
  const lines = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility() || parent.closest(none)) continue;
    let block = parent;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const seen = block.getBoundingClientRect().width > 1;
    if (!seen || getComputedStyle(block).textOverflow === 'ellipsis') continue;
    const told = lines.get(block) ?? new Map();
    lines.set(block, told);
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const box = range.getClientRects()[0];
      if (!box) continue;
      const line = Math.round(box.top / 4);
      told.set(line, `${told.get(line) ?? ''} ${word[0]}`.trim());
    }
  }
  return [...lines.values()].flatMap(told => [...told.values()]);
}"""


def sideways(page: Page) -> tuple[int, list[str]]:
    """By how much the document is too wide, and the main parts that scroll sideways themselves."""
    return tuple(
        page.evaluate(
            """() => [
              Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
              [...document.querySelectorAll('main, aside, header')]
                .filter(box => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== 'hidden')
                .map(box => box.outerHTML.slice(0, 120)),
            ]"""
        )
    )


def cut_words(page: Page) -> list[str]:
    """Buttons and tabs whose words are higher than they are."""
    return page.evaluate(CUT)


def lines_of_prose(page: Page) -> list[str]:
    """Each line that is to be read, as it is broken now."""
    return page.evaluate(PROSE)
