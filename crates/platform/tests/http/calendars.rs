//! Working calendars, arrangements and the calculator.

use std::sync::Arc;

use heard_kernel::Actor;
use heard_platform::calendars::{self, Library, Use, UseSource, Users};
use heard_runtime::LocalFuture;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{Browser, World};

const DAY: &str = "2026-09-18T17:00:00+08:00";

fn support() -> Value {
    json!({
        "name": "客服早班", "time_zone": "Asia/Shanghai", "arrangement": "cn",
        "week": {"mon-fri": ["9:00-12:00", "13:00-18:00"], "sat": ["22:00-06:00"]},
        "holidays": [{"date": "2026-12-24", "name": "年会"}, {"yearly": "03-08"}],
        "make_up": [{"date": "2026-12-26", "as": "周四", "name": "补班"}],
        "exceptions": [{"date": "2026-11-11", "spans": ["08:00-24:00"], "name": "双十一"}],
    })
}

async fn put(world: &World, who: &Browser, path: &str, version: i64, body: Value) -> crate::world::Got {
    let version = format!("\"{version}\"");
    world.send(who, &format!("PUT {path}"), Some(body), &[("if-match", &version)]).await
}

fn encoded(name: &str) -> String {
    let bytes = name.bytes().map(|byte| format!("%{byte:02X}"));
    format!("/calendars/{}", bytes.collect::<String>())
}

async fn a_calendar_is_made_changed_renamed_and_deleted(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let made = world.post(&admin, "/calendars", support()).await;
    assert_eq!(made.headers["etag"], "\"1\"");
    let made = made.expect(201);
    assert_eq!(made["definition"]["week"]["tue"], json!(["09:00-12:00", "13:00-18:00"]));
    assert_eq!(made["definition"]["make_up"][0]["as"], "thu");
    assert_eq!((&made["built_in"], &made["is_default"]), (&json!(false), &json!(false)));
    world.post(&admin, "/calendars", support()).await.refused("already_exists");

    let path = encoded("客服早班");
    let mut changed = support();
    changed["week"] = json!({"mon": ["10:00-11:00"]});
    let refused = world.send(&admin, &format!("PUT {path}"), Some(changed.clone()), &[]).await;
    refused.refused("precondition_required");
    let after = put(&world, &admin, &path, 1, changed.clone()).await.expect(200);
    assert_eq!((after["version"].as_i64(), &after["definition"]["week"]["tue"]), (Some(2), &Value::Null));
    let conflict = put(&world, &admin, &path, 1, changed.clone()).await.refused("version_conflict");
    assert_eq!(conflict["params"]["current"]["version"], 2);

    changed["name"] = json!("夜班");
    put(&world, &admin, &path, 2, changed).await.expect(200);
    world.get(&admin, &path).await.refused("not_found");
    world.delete(&admin, &encoded("夜班")).await.expect(204);
    world.get(&admin, &encoded("夜班")).await.refused("not_found");
    let kinds = world.kinds().await;
    let about: Vec<_> = kinds.iter().filter(|kind| kind.starts_with("calendar.")).collect();
    assert_eq!(about, ["calendar.created", "calendar.updated", "calendar.updated", "calendar.deleted"]);
}

async fn what_is_wrong_is_told_field_by_field(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let mut bad = support();
    bad["week"]["fri"] = json!(["9-18"]);
    bad["time_zone"] = json!("Mars/Olympus");
    bad["make_up"][0]["date"] = json!("2026-02-30");
    let refused = world
        .send(&admin, "POST /calendars", Some(bad), &[("accept-language", "en")])
        .await
        .refused("calendar_time_zone_unknown");
    let fields: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert!(fields.contains(&"time_zone") && fields.contains(&"make_up[0].date"), "{fields:?}");
    assert!(fields.contains(&"week.fri[0]") && fields.contains(&"week.mon-fri"), "{fields:?}");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("IANA"), "{refused}");
    for (name, code) in [("", "required"), ("default", "calendar_name_reserved"), ("24X7", "already_exists")]
    {
        let mut named = support();
        named["name"] = json!(name);
        world.post(&admin, "/calendars", named).await.refused(code);
    }
    let unknown = json!({"name": "x", "weeks": {}});
    let refused = world
        .send(&admin, "POST /calendars", Some(unknown.clone()), &[("accept-language", "en")])
        .await
        .refused("calendar_field_unknown");
    let told = (&refused["errors"][0]["field"], &refused["errors"][0]["message"]);
    assert_eq!(told, (&json!("weeks"), &json!("unknown field \"weeks\"; is \"week\" meant?")));
    let preview = json!({"definition": unknown, "year": 2026});
    let refused = world.post(&admin, "/calendars/preview", preview).await.refused("calendar_field_unknown");
    assert_eq!(refused["errors"][0]["field"], "definition.weeks");
}

async fn built_in_calendars_are_read_and_copied(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let list = world.get(&admin, "/calendars").await.expect(200);
    let names: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["name"].clone()).collect();
    assert_eq!(names, ["cn-workday", "cn-office-9-18", "24x7", "weekdays-utc"]);
    assert_eq!(
        (&list["default"]["name"], &list["items"][0]["is_default"]),
        (&json!("cn-workday"), &json!(true))
    );
    let workday = world.get(&admin, "/calendars/cn-workday").await.expect(200);
    put(&world, &admin, "/calendars/cn-workday", 1, support()).await.refused("calendar_built_in");
    world.delete(&admin, "/calendars/cn-workday").await.refused("calendar_built_in");
    let mut copy = workday["definition"].clone();
    copy["name"] = json!("我们的");
    world.post(&admin, "/calendars", copy).await.expect(201);
}

async fn the_default_is_chosen_and_stays(db: TestDb) {
    let (world, admin) = World::new(db).await;
    world.post(&admin, "/calendars", support()).await.expect(201);
    put(&world, &admin, "/calendars/default", 1, json!({"name": "没有"})).await.refused("calendar_unknown");
    let chosen = put(&world, &admin, "/calendars/default", 1, json!({"name": "客服早班"})).await.expect(200);
    assert_eq!(chosen, json!({"name": "客服早班", "version": 2}));
    put(&world, &admin, "/calendars/default", 1, json!({"name": "24x7"})).await.refused("version_conflict");
    world.delete(&admin, &encoded("客服早班")).await.refused("calendar_in_use");
    // The default follows a new name.
    let mut renamed = support();
    renamed["name"] = json!("早班");
    put(&world, &admin, &encoded("客服早班"), 1, renamed).await.expect(200);
    assert_eq!(world.get(&admin, "/calendars/default").await.expect(200)["name"], "早班");
    let system = Actor::system();
    let found = world.ctx.tx(&system, async |tx| Ok(calendars::calendar(tx, None).await?.name().to_owned()));
    assert_eq!(found.await.unwrap(), "早班");
}

struct Plan;

impl UseSource for Plan {
    fn uses<'a>(&'a self, _: &'a heard_store::Tx<'a>, name: &'a str) -> LocalFuture<'a, Vec<Use>> {
        let used = Use { kind: "plan".to_owned(), id: None, name: "投诉预案".to_owned() };
        Box::pin(std::future::ready(Ok(Vec::from_iter((name == "客服早班").then_some(used)))))
    }
}

async fn what_is_used_is_not_deleted_or_renamed(db: TestDb) {
    let (world, admin) = World::new(db).await;
    Users::install(&world.ctx, Arc::new(Plan));
    world.post(&admin, "/calendars", support()).await.expect(201);
    let path = encoded("客服早班");
    let refused = world.delete(&admin, &path).await.refused("calendar_in_use");
    assert_eq!(refused["params"]["uses"], json!(["投诉预案"]));
    let mut changed = support();
    changed["name"] = json!("别的");
    put(&world, &admin, &path, 1, changed).await.refused("calendar_in_use");
    assert_eq!(world.get(&admin, &path).await.expect(200)["uses"][0]["kind"], "plan");
    put(&world, &admin, &path, 1, support()).await.expect(200);
}

async fn rights_hold(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (_, agent) = world.user(&admin, "agent", &["agent"]).await;
    let (_, guest) = world.user(&admin, "guest", &["guest_assessor"]).await;
    world.get(&agent, "/calendars").await.expect(200);
    world.get(&guest, "/calendars").await.refused("forbidden");
    world.post(&agent, "/calendars", support()).await.refused("forbidden");
    world.post(&agent, "/arrangements", json!({"region": "cn", "text": ""})).await.refused("forbidden");
    put(&world, &agent, "/calendars/default", 1, json!({"name": "24x7"})).await.refused("forbidden");
    world.delete(&agent, "/arrangements/cn/2026").await.refused("forbidden");
}

fn day<'a>(year: &'a Value, date: &str) -> &'a Value {
    year["days"].as_array().unwrap().iter().find(|day| day["date"] == date).unwrap()
}

async fn a_year_says_why_each_day_is_as_it_is(db: TestDb) {
    let (world, admin) = World::new(db).await;
    world.post(&admin, "/calendars", support()).await.expect(201);
    let path = format!("{}/years/2026", encoded("客服早班"));
    let year = world.get(&admin, &path).await.expect(200);
    assert_eq!((year["days"].as_array().unwrap().len(), &year["arranged"]), (365, &json!(true)));
    let found = day(&year, "2026-09-20");
    assert_eq!(
        (&found["reason"], &found["spans"]),
        (&json!("arranged_work"), &json!(["09:00-12:00", "13:00-18:00"]))
    );
    assert!(found["why"].as_str().unwrap().contains("调休上班"), "{found}");
    assert_eq!(day(&year, "2026-10-01")["why"], "国庆节放假");
    assert_eq!(day(&year, "2026-11-11")["spans"], json!(["08:00-24:00"]));
    let body = json!({"definition": support(), "year": 2028});
    let shown = world.post(&admin, "/calendars/preview", body.clone()).await.expect(200);
    assert_eq!((shown["days"].as_array().unwrap().len(), &shown["arranged"]), (366, &json!(false)));
    let mut bad = body;
    bad["definition"]["week"] = json!({});
    bad["definition"]["exceptions"] = json!([]);
    let refused = world.post(&admin, "/calendars/preview", bad).await.refused("calendar_no_working_time");
    assert_eq!(refused["errors"][0]["field"], "definition.week");
    world.get(&admin, "/calendars/24x7/years/1").await.refused("out_of_range");
    world.get(&admin, "/calendars/none/years/2026").await.refused("not_found");
}

async fn arrangements_are_loaded_reviewed_and_taken_away(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let text = "[[year]]\nyear = 2027\nrest = [{ name = \"new_year\", from = \"2026-12-31\", to = \"2027-01-02\" }]\n\
                work = [{ date = \"2027-01-03\", for = \"2027-01-01\" }]";
    let file = json!({"region": "cn", "text": text, "source": "2027.toml"});
    let review = world.post(&admin, "/arrangements/preview", file.clone()).await.expect(200);
    let new_year =
        json!({"name": {"zh": "元旦", "en": "New Year's Day"}, "from": "2026-12-31", "to": "2027-01-02"});
    assert_eq!(review["years"][0]["rest"], json!([new_year]));
    let before = world.get(&admin, "/calendars/cn-workday/years/2027").await.expect(200);
    assert_eq!(before["arranged"], false);
    world.post(&admin, "/arrangements", file).await.expect(201);
    let after = world.get(&admin, "/calendars/cn-workday/years/2027").await.expect(200);
    assert_eq!(
        (&after["arranged"], &day(&after, "2027-01-03")["reason"]),
        (&json!(true), &json!("arranged_work"))
    );
    let listed = world.get(&admin, "/arrangements").await.expect(200);
    let latest = &listed["items"][0]["years"][0];
    assert_eq!(
        (&latest["year"], &latest["built_in"], &latest["source"]),
        (&json!(2027), &json!(false), &json!("2027.toml"))
    );
    assert_eq!(latest["loaded_by"]["name"], "陈经理");

    // By hand, in the place of the file's year, and for a region of one's own.
    let by_hand = json!({"region": "hk", "years": [{"year": 2027, "rest": [
        {"name": {"zh": "佛诞", "en": ""}, "from": "2027-05-13", "to": "2027-05-13"}]}]});
    assert_eq!(world.post(&admin, "/arrangements", by_hand).await.expect(201), json!({"years": [2027]}));
    let mut local = support();
    local["arrangement"] = json!("hk");
    world.post(&admin, "/calendars", local).await.expect(201);
    world.delete(&admin, "/arrangements/hk/2027").await.refused("calendar_in_use");
    world.delete(&admin, "/arrangements/cn/2027").await.expect(204);
    world.delete(&admin, "/arrangements/cn/2026").await.refused("not_found");
    let again = world.get(&admin, "/calendars/cn-workday/years/2027").await.expect(200);
    assert_eq!(again["arranged"], false);

    for (body, code) in [
        (json!({"region": "cn", "text": "no = "}), "calendar_syntax"),
        (json!({"region": "cn"}), "required"),
        (json!({"region": "CN", "text": ""}), "region_invalid"),
        (
            json!({"region": "cn", "years": [{"year": 2027, "rest": [], "work": [{"date": "2028-05-01"}]}]}),
            "arrangement_year_mismatch",
        ),
        (json!({"region": "cn", "years": [{"year": 2027}, {"year": 2027}]}), "arrangement_year_invalid"),
    ] {
        world.post(&admin, "/arrangements", body).await.refused(code);
    }
    let kinds = world.kinds().await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "arrangement.loaded").count(), 2);
    assert_eq!(kinds.last().unwrap(), "arrangement.removed");
}

async fn an_icalendar_file_is_read_for_review(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270103\r\nSUMMARY:元旦（休）\r\n\
                END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270104\r\nSUMMARY:元旦（班）\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nDTSTART:20270105T090000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let review = world.post(&admin, "/calendars/import_ics", json!({"text": text})).await.expect(200);
    assert_eq!(review["holidays"].as_array().unwrap().len(), 2);
    assert_eq!((&review["make_up"][0]["date"], &review["skipped"]), (&json!("2027-01-04"), &json!(1)));
    let left_out = json!([{"name": "x", "date": "20270105T090000Z", "reason": "time_of_day"}]);
    assert_eq!(review["left_out"], left_out);
    let years = json!({"region": "cn", "text": text});
    let years = world.post(&admin, "/arrangements/preview", years).await.expect(200);
    assert_eq!((&years["years"][0]["year"], &years["left_out"]), (&json!(2027), &left_out));
    let refused =
        world.post(&admin, "/calendars/import_ics", json!({"text": "x"})).await.refused("ics_not_a_calendar");
    assert_eq!(refused["errors"][0]["field"], "text");
}

async fn the_calculator_answers_in_the_callers_language(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let question = json!({"kind": "add_working_minutes", "calendar": "cn-office-9-18", "start": DAY, "minutes": 480, "id": 7});
    let ask = |language| {
        let headers = [("accept-language", language)];
        let (world, admin, question) = (&world, &admin, question.clone());
        async move { world.send(admin, "POST /calculator", Some(question), &headers).await.expect(200) }
    };
    let zh = ask("zh-CN").await;
    assert_eq!((&zh["due"], &zh["id"]), (&json!("2026-09-20T16:00:00+08:00"), &json!(7)));
    assert_eq!(zh["spans"].as_array().unwrap().len(), 2);
    assert!(zh["explanation"].as_array().unwrap().iter().any(|line| line.as_str().unwrap().contains("到期")));
    let en = ask("en").await;
    assert!(
        en["explanation"].as_array().unwrap().iter().any(|line| line.as_str().unwrap().starts_with("Due:"))
    );

    world.post(&admin, "/calendars", support()).await.expect(201);
    let several = json!({"questions": [
        {"kind": "add_working_days", "calendar": "客服早班", "start": DAY, "days": 1, "mode": "end_of_day"},
        {"kind": "add_working_days", "calendar": "没有", "start": DAY, "days": 1, "id": "b"},
    ]});
    let answers = world.post(&admin, "/calculator", several).await.expect(200);
    assert_eq!(answers["answers"][0]["due"], "2026-09-20T06:00:00+08:00");
    let failed = &answers["answers"][1];
    assert_eq!(
        (&failed["id"], &failed["error"]["errors"][0]["code"]),
        (&json!("b"), &json!("calendar_unknown"))
    );
    for (body, field) in [
        (json!({"kind": "add_working_minutes", "calendar": "24x7", "start": "today", "minutes": 1}), "start"),
        (json!({"kind": "add_working_minutes", "calendar": "24x7", "start": DAY, "minutes": -1}), "minutes"),
        (json!({"kind": "nonsense"}), "kind"),
        (json!({"kind": 5}), "kind"),
        (json!({"questions": "x"}), "questions"),
        (json!({"questions": null}), "questions"),
        (json!({"questions": {}}), "questions"),
        (json!("x"), ""),
        (json!({"kind": "add_working_minutes", "tz": 5, "start": DAY, "minutes": 1}), "tz"),
        (json!({"kind": "add_working_minutes", "pauses": "x", "start": DAY, "minutes": 1}), "pauses"),
        (json!({"kind": "add_working_minutes", "pause": [], "start": DAY, "minutes": 1}), "pause"),
        (
            json!({"kind": "add_working_minutes", "calendar": {"weeks": {}}, "start": DAY, "minutes": 1}),
            "calendar.weeks",
        ),
    ] {
        let refused = world.post(&admin, "/calculator", body).await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["field"]),
            (422, &json!(field)),
            "{}",
            refused.text
        );
    }
}

async fn the_calculator_takes_the_default_and_tells_what_it_left_out(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let question =
        json!({"kind": "add_working_minutes", "start": DAY, "minutes": 480, "colour": "red", "note": "x"});
    let answer = world.post(&admin, "/calculator", question.clone()).await.expect(200);
    assert_eq!(
        (&answer["calendar"], &answer["due"]),
        (&json!("cn-workday"), &json!("2026-09-20T17:00:00+08:00"))
    );
    assert_eq!(answer["warnings"], json!([{"warning": "unknown_field", "field": "colour"}]));
    put(&world, &admin, "/calendars/default", 1, json!({"name": "cn-office-9-18"})).await.expect(200);
    let answer = world.post(&admin, "/calculator", question).await.expect(200);
    assert_eq!(
        (&answer["calendar"], &answer["due"]),
        (&json!("cn-office-9-18"), &json!("2026-09-20T16:00:00+08:00"))
    );
    let several =
        json!({"questions": [5, {"kind": "add_working_days", "start": DAY, "days": 1}], "kind": "x"});
    world.post(&admin, "/calculator", several).await.refused("unknown_field");
    let several = json!({"questions": [5, {"kind": "add_working_days", "start": DAY, "days": 1}]});
    let answers = world.post(&admin, "/calculator", several).await.expect(200);
    assert_eq!(answers["answers"][0]["error"]["errors"][0]["code"], "calendar_shape_invalid");
    assert_eq!(answers["answers"][1]["due"], "2026-09-20T17:00:00+08:00");
}

async fn another_process_sees_changes(db: TestDb) {
    let (world, admin) = World::new(db).await;
    // A second memory beside that of the process stands for a second process.
    let other = Arc::new(Library::default());
    let names = async |library: Arc<Library>| {
        let read = world.ctx.read(async move |tx| library.at(tx).await);
        read.await.unwrap().names().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names(Arc::clone(&other)).await.len(), 4);
    world.post(&admin, "/calendars", support()).await.expect(201);
    assert!(names(Arc::clone(&other)).await.contains(&"客服早班".to_owned()));
    let again = world.ctx.read({
        let other = Arc::clone(&other);
        async move |tx| Ok((other.at(tx).await?, other.at(tx).await?))
    });
    let (one, two) = again.await.unwrap();
    assert!(Arc::ptr_eq(&one, &two), "nothing is compiled again while nothing changes");
}

on_both_engines!(
    a_calendar_is_made_changed_renamed_and_deleted,
    what_is_wrong_is_told_field_by_field,
    built_in_calendars_are_read_and_copied,
    the_default_is_chosen_and_stays,
    what_is_used_is_not_deleted_or_renamed,
    rights_hold,
    a_year_says_why_each_day_is_as_it_is,
    arrangements_are_loaded_reviewed_and_taken_away,
    an_icalendar_file_is_read_for_review,
    the_calculator_answers_in_the_callers_language,
    the_calculator_takes_the_default_and_tells_what_it_left_out,
    another_process_sees_changes,
);
