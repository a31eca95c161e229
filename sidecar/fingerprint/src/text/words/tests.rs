use super::*;

fn runs(text: &str) -> Vec<u64> {
    let (mut words, mut runs) = (Words::new(), Vec::new());
    words.feed(text.as_bytes(), &mut |run, _| runs.push(run));
    words.edge(&mut |run, _| runs.push(run));
    runs
}

#[test]
fn dates_ids_and_names_do_not_show() {
    assert_eq!(runs("Today is 2026-11-28. Help Maria Lopez out."), runs("Today is 3 4 99. Help Jo out."));
    assert_eq!(runs("ticket req_8f3a-77 of u9@x.io please"), runs("ticket 5 of 7 please"));
    assert_ne!(runs("Help the customer out."), runs("Help the colleague out."));
}

#[test]
fn a_name_is_one_in_any_script_that_has_capitals() {
    for name in
        ["Élodie", "Øyvind Ås", "İbrahim Şahin", "Łukasz", "Þór", "Γιώργος Παπάς", "Иван Петров", "Őry"]
    {
        assert_eq!(runs(&format!("Help {name} out.")), runs("Help Maria Lopez out."), "{name}");
    }
    assert_ne!(runs("Помоги клиенту сейчас."), runs("Помоги коллеге сейчас."));
    assert_ne!(runs("Écris un poème."), runs("Chante un poème."));
}

#[test]
fn a_name_without_capitals_is_one_within_words_that_have_them() {
    for name in [
        "王伟",
        "田中 さくら",
        "김민준",
        "محمد علي",
        "राहुल शर्मा",
        "สมชาย ใจดี",
        "דוד כהן",
        "Nguyễn Thị Ánh",
        "Phạm",
        "Anna 王",
        "王 Anna",
    ] {
        assert_eq!(runs(&format!("Help {name} out.")), runs("Help Maria Lopez out."), "{name}");
        let opened = |name| runs(&format!("Sort the ticket of {name}, opened late."));
        assert_eq!(opened(name), opened("Maria"), "{name}");
    }
}

#[test]
fn what_is_more_than_a_name_is_told_in_words_of_any_script() {
    let told = |text: &str| runs(&format!("You help at a shop. {text} Keep it short."));
    assert_ne!(told("请把下面的文字翻译成英文。"), told("请总结下面的客户反馈内容。"));
    assert_ne!(told("اكتب ردا مهذبا إلى العميل الآن."), told("لخص مراجعة العميل في ثلاث جمل."));
    assert_ne!(told("ग्राहक को विनम्र उत्तर अभी लिखें"), told("समीक्षा का तीन वाक्यों में सार लिखें"));
    assert_ne!(runs("请翻译"), runs("请总结"));
    assert_ne!(runs("用 JSON 回答"), runs("用 JSON 总结"));
    assert_ne!(runs("Chào bạn, hãy viết thư."), runs("Chào bạn, hãy tóm tắt thư."));
}

#[test]
fn a_date_is_one_word_in_whatever_form_it_is_written() {
    for date in [
        "November 28, 2026",
        "28 Nov 2026",
        "28. November 2026",
        "Saturday, May 3",
        "3/5/26",
        "12. März 2026",
        "2026年3月4日",
        "2026 年 3 月 4 日",
        "2026년 3월 4일",
    ] {
        assert_eq!(
            runs(&format!("It was due on {date} at the desk.")),
            runs("It was due on 2026-11-28 at the desk."),
            "{date}"
        );
    }
    assert_eq!(runs("Due: November 28, 2026."), runs("Due: 28.11.2026."));
    assert_ne!(runs("May I ask? March on."), runs("2026 I ask? 2026 on."));
    assert_ne!(runs("It may well be."), runs("It 5 well be."));
}

#[test]
fn a_capital_that_begins_a_sentence_is_no_name() {
    assert_ne!(runs("Translate this. Answer in verse."), runs("Translate this. Write in verse."));
}

#[test]
fn words_without_spaces_are_told_apart() {
    assert_ne!(runs("请把下面的文字翻译成英文"), runs("请总结下面的客户反馈内容"));
    assert!(runs("请把下面的文字翻译成英文").len() > 8);
}

#[test]
fn a_text_is_the_same_however_it_is_cut() {
    let text = "Réponds à Zoé – “vite”, 2026-11-28! 今日は good-bye. Nguyễn 王伟, ask محمد علي 3月4日. E";
    for at in 0..=text.len() {
        let (mut words, mut cut) = (Words::new(), Vec::new());
        words.feed(&text.as_bytes()[..at], &mut |run, _| cut.push(run));
        words.feed(&text.as_bytes()[at..], &mut |run, _| cut.push(run));
        words.edge(&mut |run, _| cut.push(run));
        assert_eq!(cut, runs(text), "cut at {at}");
    }
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let (mut words, mut count) = (Words::new(), 0);
    words.feed(&[0xFF, 0x80, 0xE3, b'a', 0xC2, b'b', 0xF0, 0x9F, b'c', 0], &mut |_, _| count += 1);
    words.edge(&mut |_, _| count += 1);
    assert!(count > 0);
}
