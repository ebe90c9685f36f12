//! Patterns over property paths.

use skyreel_core::pattern::PropertyPattern;

fn matches(pattern: &str, path: &str, tags: &[&str]) -> bool {
    let tags: Vec<String> = tags.iter().map(|t| (*t).to_owned()).collect();
    let parsed: PropertyPattern = pattern.parse().unwrap();
    assert_eq!(parsed.as_str(), pattern);
    assert_eq!(parsed.to_string(), pattern);
    parsed.matches(path, &tags)
}

#[test]
fn stars_stand_for_any_run_of_characters() {
    let path = "Scene.EarthTrail.Renderable.Fade";
    for (pattern, expected) in [
        ("Scene.EarthTrail.Renderable.Fade", true),
        ("Scene.EarthTrail.Renderable.fade", false),
        ("Scene.EarthTrail.Renderable", false),
        ("EarthTrail.Renderable.Fade", false),
        ("*", true),
        ("**", true),
        ("*.Fade", true),
        ("*Fade*", true),
        ("*.Renderable.*", true),
        ("Scene.*", true),
        ("Scene.*Trail.Renderable.Fade", true),
        ("Scene.EarthTrail*.Renderable.Fade", true),
        ("S*e.*l.*e.*e", true),
        ("*Trail*Trail*", false),
        ("*.Enabled", false),
        ("Scene.Mars*", false),
        ("cene.*", false),
        // What one piece has taken is not there for the next.
        ("Scene.Earth*EarthTrail.Renderable.Fade", false),
        ("Scene.EarthTrail.Renderable.Fade*Fade", false),
    ] {
        assert_eq!(matches(pattern, path, &[]), expected, "{pattern}");
        assert_eq!(matches(pattern, path, &["a_tag"]), expected, "{pattern} with a tag about");
    }
    for (pattern, path, expected) in [
        ("aXb*Xbc", "aXbXbc", true),
        ("aXb*Xbc", "aXbc", false),
        ("*ab*ab", "abab", true),
        ("*ab*ab", "ab", false),
        ("*aa", "aaa", true),
        ("a*a*a", "aa", false),
        ("Scene.Größe*", "Scene.Größen", true),
        ("*öß*", "Scene.Größen", true),
    ] {
        assert_eq!(matches(pattern, path, &[]), expected, "{pattern} of {path}");
    }
}

#[test]
fn tags_stand_at_the_start_and_the_rest_is_the_end_of_the_path() {
    let path = "Scene.EarthTrail.Renderable.Fade";
    let tags = ["planet", "inner"];
    for (pattern, expected) in [
        ("{planet}.Renderable.Fade", true),
        ("{ planet }.Renderable.Fade", true),
        ("{planet}.Fade", true),
        ("{planet}*.Fade", true),
        ("{planet}*", true),
        ("{planet}", true),
        ("{planet}Renderable*Fade", true),
        ("{planet}*Trail.Renderable.*", true),
        ("{planet}.Renderable", false),
        ("{planet}.Renderable.Enabled", false),
        ("{moon}.Renderable.Fade", false),
        ("{Planet}.Renderable.Fade", false),
        ("{planet&inner}.Renderable.Fade", true),
        ("{planet & inner}.Renderable.Fade", true),
        ("{planet&moon}.Renderable.Fade", false),
        ("{moon&planet}.Renderable.Fade", false),
        ("{planet|moon}.Renderable.Fade", true),
        ("{moon|planet}.Renderable.Fade", true),
        ("{moon|ring}.Renderable.Fade", false),
        ("{planet~moon}.Renderable.Fade", true),
        ("{planet~inner}.Renderable.Fade", false),
        ("{moon~ring}.Renderable.Fade", false),
    ] {
        assert_eq!(matches(pattern, path, &tags), expected, "{pattern}");
        assert!(!matches(pattern, path, &[]), "{pattern} without tags");
    }
}

#[test]
fn a_text_that_is_no_pattern_is_refused_with_what_was_expected() {
    for (text, expected) in [
        ("", "a property path"),
        ("  ", "a property path"),
        ("{planet", "a closing }"),
        ("{planet.Renderable.Fade", "a closing }"),
        ("{}.Renderable.Fade", "a tag between"),
        ("{ }.Fade", "a tag between"),
        ("{&}.Fade", "a tag between"),
        ("{a&}.Fade", "a tag between"),
        ("{|b}.Fade", "a tag between"),
        ("{a&b&c}.Fade", "a tag between"),
        ("{a|b~c}.Fade", "a tag between"),
    ] {
        let error = text.parse::<PropertyPattern>().unwrap_err();
        assert_eq!(error.found, text);
        assert!(error.expected.starts_with(expected), "{text:?}: {error}");
        assert!(error.to_string().contains(&format!("'{text}'")), "{error}");
    }
}

#[test]
fn only_a_path_without_stars_and_tags_names_one_property() {
    for (text, single) in [
        ("Scene.Earth.Renderable.Fade", true),
        ("Scene.Earth*.Renderable.Fade", false),
        ("*", false),
        ("{planet}.Renderable.Fade", false),
    ] {
        let pattern: PropertyPattern = text.parse().unwrap();
        assert_eq!(pattern.single_path(), single.then_some(text));
    }
}
