//! How to read and check a dossier, in both languages, for somebody who has only the archive.

use super::super::model::Dossier;

/// `README.txt`.
pub(in super::super) fn text(dossier: &Dossier) -> String {
    let number = &dossier.case.case.number;
    let made = dossier.made_at;
    let (organization, product) = (&dossier.organization, &dossier.product);
    let (zh, en) = if dossier.notes {
        ("会话记录含内部备注。", "Transcripts hold internal notes.")
    } else {
        ("会话记录不含内部备注。", "Transcripts hold no internal notes.")
    };
    format!(
        "\u{FEFF}工单卷宗 {number}
{organization}，{made}（UTC）由 {product} 导出。{zh}

先把压缩包完整解压到一个文件夹，再用浏览器打开 index.html。

  index.html        可以阅读和打印的卷宗
  case.json         同样的内容，供其他程序读取
  timeline.jsonl    完整的经过，一行一个事件
  conversations/    关联会话的记录（网页和纯文本）及其附件
  evidence/         证据，与提交时逐字节相同
  manifest.json     每个文件的大小、SHA-256 和来源，以及未放入的内容和原因
  SHA256SUMS        每个文件的 SHA-256，供核对

核对文件是否完整、未被改动（在解压后的文件夹里执行）：

  Linux    sha256sum -c SHA256SUMS
  macOS    shasum -a 256 -c SHA256SUMS
  Windows  打开 PowerShell，粘贴本文件末尾的命令；没有输出即全部相符

进度页地址中的密钥已隐去，拿到卷宗的人不能借此进入客户的页面；告知的校验值按发出时的原文计算。

核对能发现文件损坏或被改动。整个压缩包的 SHA-256 在导出时记入了系统审计（操作
case.dossier_taken），管理员可据此证明这就是当时导出的那一份。

------------------------------------------------------------------------------

Dossier of case {number}
{organization}, taken out on {made} (UTC) by {product}. {en}

Unpack the whole archive into a folder first, then open index.html in a browser.

  index.html        the dossier, to read and print
  case.json         the same for other programs
  timeline.jsonl    the complete course of events, one a line
  conversations/    transcripts of its conversations (page and plain text) with their files
  evidence/         evidence, byte for byte as it was handed in
  manifest.json     size, SHA-256 and origin of every file, and what was left out and why
  SHA256SUMS        the SHA-256 of every file, for checking

To check that the files are whole and unchanged (in the folder with the files):

  Linux    sha256sum -c SHA256SUMS
  macOS    shasum -a 256 -c SHA256SUMS
  Windows  open PowerShell and paste the command below; no output means that all agree

The secrets in addresses of the customer's progress page are blanked: the dossier opens no such page.
The sums of notices are those of the words as they were sent.

The check finds damage and changes. The SHA-256 of the whole archive was written to the audit of the
product when it was taken out (action case.dossier_taken): an administrator can prove with it that
this is the copy that was given out.

Get-Content SHA256SUMS -Encoding UTF8 | ForEach-Object {{ $sum, $file = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -ne $sum) {{ \"CHANGED $file\" }} }}
"
    )
}
