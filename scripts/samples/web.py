"""A sample as a portal's page: menus around it, the article in the middle, tables with spans."""

from __future__ import annotations

from html import escape

from samples.blocks import Grid, Para, Sample

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_政府信息公开_青溪县人民政府</title>
<style>.nav li {{ float: left }}</style>
<script>var pv = 12345.67; document.write("<p>9999.99万元</p>");</script>
</head>
<body>
<div class="header"><div class="nav"><ul>
<li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li>
<li><a href="/fw">办事服务</a></li><li><a href="/hd">互动交流</a></li>
</ul></div></div>
<div class="crumb">您的位置：<a href="/">首页</a> &gt;
<a href="/zwgk">政务公开</a> &gt; 预决算公开</div>
<div class="main"><div class="detail">
<div class="info">发布时间：2025-02-14 09:00　来源：县财政局　浏览次数：<span>1208</span></div>
<div id="zoom" class="TRS_Editor">
{content}
</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
</div>
<div class="side"><h3>相关信息</h3><ul>
<li><a href="/1">关于2025年元旦放假安排的通知</a></li>
<li><a href="/2">2024年财政预算执行情况的报告</a></li></ul></div></div>
<div class="footer"><p>主办：青溪县人民政府办公室　网站标识码：0000000000</p></div>
</body>
</html>
"""


def render(sample: Sample, charset: str = "utf-8") -> bytes:
    """Return the page; `gb2312` is what many portals declare and do not keep to."""
    parts = [_table(b) if isinstance(b, Grid) else _paragraph(b) for b in sample.blocks]
    page = PAGE.format(title=escape(sample.name), charset=charset, content="\n".join(parts))
    return page.encode("gb18030" if charset == "gb2312" else charset)


def _paragraph(block: Para) -> str:
    text = escape(block.printed, quote=False).replace("\n", "<br>")
    if block.level > 0:
        return f"<h{block.level + 1}>{text}</h{block.level + 1}>"
    indent = "" if block.level else "&nbsp;&nbsp;&nbsp;&nbsp;"
    return f'<p style="text-indent: 2em">{indent}<span>{text}</span></p>'


def _table(grid: Grid) -> str:
    lines = ["<table border='1' cellspacing='0'><tbody>"]
    for row in grid.rows:
        cells = []
        for cell in row:
            spans = f' colspan="{cell.cols}"' if cell.cols > 1 else ""
            spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            indent = len(cell.text) - len(cell.text.lstrip(" "))
            text = "&nbsp;" * indent + escape(cell.text.lstrip(" "), quote=False)
            cells.append(f"<td{spans}><p>{text or '&nbsp;'}</p></td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</tbody></table>"])
