//! What is well, what is not, and what to do about it: for the console's system page and for `heard doctor`.

use heard_kernel::{Error, Locale, Result, Timestamp};
use heard_runtime::{Ctx, reactor_states, summary};
use serde::Serialize;

use super::{measure::disk_free, store};
use crate::{audit, files::Bucket, mail, settings, vault::Vault};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Check {
    /// Its stable name.
    pub id: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// What was found.
    pub message: String,
    /// What to do.
    #[schema(required = true)]
    pub advice: Option<String>,
}

/// Below this much free disk a check fails.
const DISK_MIN: u64 = 1 << 30;
/// Apart from the database server's clock by more than this, deadlines of several nodes differ.
const CLOCK_MAX_MILLIS: i64 = 2_000;
/// The year in which this was written: a clock that shows an earlier one is not set.
const NOT_BEFORE: Timestamp = Timestamp::from_millis(1_767_225_600_000);
/// A reactor that is further behind does not keep up.
const BEHIND_MAX: i64 = 10_000;

/// Looks at everything, also at what takes long.
///
/// # Errors
/// The storage codes, when the database cannot be asked at all.
pub async fn checks(ctx: &Ctx, locale: Locale) -> Result<Vec<Check>> {
    let mut all = look(ctx, locale, true).await?;
    all.push(audit_chain(ctx, locale).await?);
    Ok(all)
}

/// Looks at what is looked at quickly.
pub(super) async fn quick(ctx: &Ctx, locale: Locale) -> Result<Vec<Check>> {
    look(ctx, locale, false).await
}

async fn look(ctx: &Ctx, locale: Locale, probe: bool) -> Result<Vec<Check>> {
    let mut all = vec![
        database(ctx, locale, probe).await?,
        disk(ctx, locale),
        clock(ctx, locale).await?,
        secret_key(ctx, locale).await,
        mail(ctx, locale, probe).await?,
        jobs(ctx, locale).await?,
        reactors(ctx, locale).await?,
    ];
    if probe && let Some(bucket) = Bucket::of(ctx)? {
        all.push(file_store(ctx, &bucket, locale).await);
    }
    Ok(all)
}

/// Whether attachments can be brought to the store and had back.
async fn file_store(ctx: &Ctx, bucket: &Bucket, locale: Locale) -> Check {
    let storage = &ctx.config().storage;
    let place = format!("{} ({})", storage.s3_endpoint, storage.s3_bucket);
    match bucket.probe().await {
        Ok(()) => check(
            "file_store",
            true,
            locale,
            (format!("文件存储 {place} 可以读写"), ""),
            (format!("the file store {place} can be written and read"), ""),
        ),
        Err(error) => {
            let why = error.to_string();
            check(
                "file_store",
                false,
                locale,
                (
                    format!("文件存储 {place} 无法使用：{why}"),
                    "请检查 storage.s3_endpoint、s3_bucket、s3_region、访问密钥和网络；在恢复之前无法上传附件。",
                ),
                (
                    format!("the file store {place} cannot be used: {why}"),
                    "Check storage.s3_endpoint, s3_bucket, s3_region, the keys and the network; until then no attachment can be uploaded.",
                ),
            )
        }
    }
}

/// A check with its words: what was found and what to do, in Chinese and in English.
fn check(id: &'static str, ok: bool, locale: Locale, zh: (String, &str), en: (String, &str)) -> Check {
    let (message, advice) = match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    };
    Check { id, ok, message, advice: Some(advice.to_owned()).filter(|advice| !ok && !advice.is_empty()) }
}

/// Whether the database answers; with `probe` also whether the engine finds damage in it.
async fn database(ctx: &Ctx, locale: Locale, probe: bool) -> Result<Check> {
    let found = if probe { damage(ctx).await? } else { Vec::new() };
    if let Some(first) = found.first() {
        let more = found.len() - 1;
        return Ok(check(
            "database",
            false,
            locale,
            (
                format!("数据库有 {} 处问题：{first}", more + 1),
                "如果数据文件损坏：停止服务，保留原文件，再从备份恢复到一个空目录。",
            ),
            (
                format!("the database has {} findings, first: {first}", more + 1),
                "If the file is damaged, stop Heard, keep the file as it is and restore a backup into an empty directory.",
            ),
        ));
    }
    let bytes = ctx.read(async |tx| store::database_bytes(tx).await).await?;
    let size = mebibytes(u64::try_from(bytes).unwrap_or(0));
    Ok(check(
        "database",
        true,
        locale,
        (format!("数据库可以读取，{size} MiB"), ""),
        (format!("the database answers, {size} MiB"), ""),
    ))
}

/// What the engine finds wrong; a file too damaged to be looked through is one finding.
async fn damage(ctx: &Ctx) -> Result<Vec<String>> {
    match ctx.db().check().await {
        Err(error) if error.is(heard_kernel::codes::STORAGE_DAMAGED) => Ok(vec![error.to_string()]),
        other => other,
    }
}

fn disk(ctx: &Ctx, locale: Locale) -> Check {
    let dir = &ctx.config().storage.data;
    let Some(free) = disk_free(dir) else {
        return check(
            "disk",
            false,
            locale,
            (format!("读不到 {} 的剩余空间", dir.display()), "请确认数据目录存在并且可以访问。"),
            (
                format!("the free space of {} cannot be read", dir.display()),
                "Check that the data directory is there and can be entered.",
            ),
        );
    };
    let size = mebibytes(free);
    check(
        "disk",
        free >= DISK_MIN,
        locale,
        (format!("数据目录所在磁盘剩余 {size} MiB"), "请清理磁盘或换更大的磁盘；写满后新内容将无法保存。"),
        (
            format!("{size} MiB are free on the disk of the data directory"),
            "Free some space or use a larger disk; nothing new can be stored when it is full.",
        ),
    )
}

async fn clock(ctx: &Ctx, locale: Locale) -> Result<Check> {
    let now = ctx.now();
    let server = ctx.read(async |tx| store::server_time(tx).await).await?;
    let apart = server.map_or(0, |server| server.millis_since(now).abs());
    let ok = now >= NOT_BEFORE && apart <= CLOCK_MAX_MILLIS;
    Ok(check(
        "clock",
        ok,
        locale,
        (
            format!("本机时间 {now}，与数据库服务器相差 {apart} 毫秒"),
            "请在各台机器上开启时间同步（NTP）；时间不准会使时限和动态口令出错。",
        ),
        (
            format!("this machine has {now}, {apart} ms apart from the database server"),
            "Turn on time synchronisation (NTP) on all machines; a wrong clock spoils deadlines and second factors.",
        ),
    ))
}

async fn secret_key(ctx: &Ctx, locale: Locale) -> Check {
    let opened = Vault::of(ctx).map(drop);
    let used = match opened {
        Ok(()) => settings::mail_password(ctx).await.map(drop),
        Err(error) => Err(error),
    };
    check(
        "secret_key",
        used.is_ok(),
        locale,
        (
            if used.is_ok() {
                "密钥可以使用".to_owned()
            } else {
                "密钥无法使用，或不是当初加密用的那个".to_owned()
            },
            "请恢复原来的 secret.key；否则需要重新填写邮件密码，并让用户重新绑定动态口令。",
        ),
        (
            match used.is_ok() {
                true => "the key for secrets can be used".to_owned(),
                false => "the key for secrets cannot be used, or is another one".to_owned(),
            },
            "Restore the former secret.key; otherwise enter the mail password and set up second factors anew.",
        ),
    )
}

/// Whether mail can be sent; with a `probe` the server is asked. That none is set up is no fault.
async fn mail(ctx: &Ctx, locale: Locale, probe: bool) -> Result<Check> {
    let settings = settings::find(ctx).await?;
    let host = settings.as_ref().and_then(|settings| settings.mail.ready()).map(|(_, host)| host.to_owned());
    let Some(host) = host else {
        return Ok(check(
            "mail",
            true,
            locale,
            ("还没有设置邮件：邀请和重设密码的链接只能手工转交".to_owned(), ""),
            (
                "mail is not set up: links for invitations and passwords are handed over by hand".to_owned(),
                "",
            ),
        ));
    };
    let reason = if probe { mail::probe(ctx).await.err().map(|error| error.to_string()) } else { None };
    let (zh, en) = match &reason {
        None => (format!("邮件经 {host} 发出"), format!("mail is sent by {host}")),
        Some(reason) => {
            (format!("邮件服务器 {host} 不可用：{reason}"), format!("{host} cannot be used: {reason}"))
        }
    };
    let advice = "请在“设置 › 邮件”中检查服务器、端口、账号和密码。";
    let advice_en = "Check server, port, account and password under Settings, Mail.";
    Ok(check("mail", reason.is_none(), locale, (zh, advice), (en, advice_en)))
}

async fn jobs(ctx: &Ctx, locale: Locale) -> Result<Check> {
    let dead = summary(ctx).await?.dead;
    Ok(check(
        "jobs",
        dead == 0,
        locale,
        (format!("{dead} 个后台任务失败"), "请在“系统 › 任务”中查看原因，然后重试或放弃。"),
        (
            format!("{dead} background jobs failed"),
            "Look at the reasons under System, Jobs; retry or discard them.",
        ),
    ))
}

async fn reactors(ctx: &Ctx, locale: Locale) -> Result<Check> {
    let states = reactor_states(ctx).await?;
    let bad = |state: &&heard_runtime::ReactorState| state.failing.is_some() || state.behind > BEHIND_MAX;
    let names: Vec<&str> = states.iter().filter(bad).map(|state| state.name.as_str()).collect();
    let list = names.join(", ");
    Ok(check(
        "reactors",
        names.is_empty(),
        locale,
        (
            if names.is_empty() {
                "后续处理都跟得上".to_owned()
            } else {
                format!("后续处理跟不上或出错：{list}")
            },
            "请查看日志中的原因；其余功能不受影响，恢复后会自动补上。",
        ),
        (
            match names.is_empty() {
                true => "everything that follows the log keeps up".to_owned(),
                false => format!("behind or failing: {list}"),
            },
            "See the log for the cause; everything else goes on, and what is missing is made up for later.",
        ),
    ))
}

async fn audit_chain(ctx: &Ctx, locale: Locale) -> Result<Check> {
    let found = audit::verify(ctx).await.map_err(Error::passed)?;
    let checked = found.checked;
    let message = match (found.broken_at, locale) {
        (None, Locale::ZhCn) => format!("审计记录完整，共 {checked} 条"),
        (None, Locale::En) => format!("the audit is whole, {checked} entries"),
        (Some(seq), Locale::ZhCn) => format!("审计记录从第 {seq} 条起被改动或缺失"),
        (Some(seq), Locale::En) => format!("the audit was changed or cut off from entry {seq} on"),
    };
    Ok(check(
        "audit",
        found.ok,
        locale,
        (message.clone(), "有人直接改动过数据库。请保留现场，与备份中的审计记录比对。"),
        (
            message,
            "Somebody changed the database directly. Keep it as it is and compare with the audit in a backup.",
        ),
    ))
}

const fn mebibytes(bytes: u64) -> u64 {
    bytes / (1 << 20)
}
