package io.driftwood.inference.catalogue;

import static io.driftwood.inference.catalogue.Option.optional;
import static io.driftwood.inference.catalogue.Option.required;
import static io.driftwood.inference.catalogue.Option.withDefault;
import static io.driftwood.inference.catalogue.Shape.choice;
import static io.driftwood.inference.catalogue.Shape.count;
import static io.driftwood.inference.catalogue.Shape.duration;
import static io.driftwood.inference.catalogue.Shape.either;
import static io.driftwood.inference.catalogue.Shape.listOf;
import static io.driftwood.inference.catalogue.Shape.mapOf;
import static io.driftwood.inference.catalogue.Shape.number;
import static io.driftwood.inference.catalogue.Shape.positive;
import static io.driftwood.inference.catalogue.Shape.struct;
import static io.driftwood.inference.catalogue.Shape.text;
import static io.driftwood.inference.catalogue.Shape.variant;
import static io.driftwood.inference.catalogue.Shape.variantOrClass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckerTest {

    private static final Catalogue<Object> WALKS = Catalogue.of("walk",
            Entry.of("mala", "Langevin", settings -> settings,
                    withDefault("step-size", either(choice("auto"), positive()), "auto", "step")),
            Entry.of("window", "needs a size", settings -> settings, required("size", count(), "rows")));

    private static final Shape.Struct SAMPLER = (Shape.Struct) struct(
            withDefault("particles", count(), 1024, "how many"),
            withDefault("walk", variant(WALKS), "mala", "how they move"),
            optional("pause", duration(), "how long"));

    private static final Shape.Struct ROOT = (Shape.Struct) struct(
            required("name", text("a name"), "the job"),
            withDefault("sampler", SAMPLER, Map.of(), "the sampler"),
            withDefault("levels", listOf(Shape.openFraction()), List.of(0.5), "quantile levels"),
            optional("at", mapOf(number()), "covariates"),
            optional("verbose", Shape.flag(), "talk"),
            optional("model", variantOrClass(WALKS), "a walk or a class"),
            optional("input", Shape.file(), "a path"),
            optional("atoms", Shape.table(), "rows of numbers"),
            optional("kafka", Shape.anything(), "untouched"));

    private static Checked check(Object... keysAndValues) {
        return Checker.check(ROOT, Settings.of(keysAndValues).values());
    }

    @Test
    void defaultsAreFilledIn_allTheWayDown() {
        Settings settings = check("name", "a").orThrow();
        Settings sampler = settings.struct("sampler");
        assertThat(sampler.count("particles")).isEqualTo(1024);
        assertThat(sampler.struct("walk").type()).isEqualTo("mala");
        assertThat(sampler.struct("walk").text("step-size")).isEqualTo("auto");
        assertThat(sampler.has("pause")).isFalse();
        assertThat(settings.numbers("levels")).containsExactly(0.5);
    }

    @Test
    void everyProblemIsReported_notOnlyTheFirst() {
        Checked checked = check("levels", List.of(0.5, 1.0, "x"), "smapler", Map.of(),
                "sampler", Map.of("particles", 0, "walk", Map.of("type", "mala", "step-size", -0.1)));
        assertThat(checked.problems()).extracting(Problem::path).containsExactlyInAnyOrder(
                "smapler", "name", "sampler.particles", "sampler.walk.step-size", "levels[1]", "levels[2]");
        assertThatThrownBy(checked::orThrow).isInstanceOf(ConfigurationException.class).hasMessageContaining("levels[2]");
    }

    @Test
    void aProblemSaysWhatStandsThereAndWhatIsAllowed() {
        Problem problem = check("name", "a", "sampler", Map.of("walk", Map.of("type", "mala", "step-size", -0.1))).problems().get(0);
        assertThat(problem.value()).isEqualTo("-0.1");
        assertThat(problem.message()).isEqualTo("must be `auto`, or a number greater than 0");
    }

    @Test
    void aMistypedKeyGetsTheNearestSpelling() {
        Problem problem = check("name", "a", "sampler", Map.of("particels", 5)).problems().get(0);
        assertThat(problem.path()).isEqualTo("sampler.particels");
        assertThat(problem.message()).contains("not a known key in `sampler`").contains("`particles`, `walk`, `pause`");
        assertThat(problem.suggestion()).isEqualTo("did you mean `particles`?");
    }

    @Test
    void aKeyInTheWrongSectionIsSentToTheRightOne() {
        assertThat(check("name", "a", "particles", 5).problems().get(0).suggestion()).isEqualTo("it belongs under `sampler`");
    }

    @Test
    void aMistypedWordGetsTheNearestSpelling() {
        Problem problem = check("name", "a", "sampler", Map.of("walk", "mall")).problems().get(0);
        assertThat(problem.path()).isEqualTo("sampler.walk");
        assertThat(problem.suggestion()).isEqualTo("did you mean `mala`?");
    }

    @Test
    void aLoneWordStandsForItsType_withItsOwnRequirements() {
        assertThat(check("name", "a", "sampler", Map.of("walk", "mala")).orThrow().struct("sampler").struct("walk").type()).isEqualTo("mala");
        assertThat(check("name", "a", "sampler", Map.of("walk", "window")).problems())
                .extracting(Problem::path).containsExactly("sampler.walk.size");
    }

    @Test
    void aVariantWithoutTypeIsAProblem() {
        assertThat(check("name", "a", "sampler", Map.of("walk", Map.of("size", 3))).problems())
                .extracting(Problem::path).containsExactly("sampler.walk.type");
    }

    @Test
    void aClassNameTakesAnyKeys_onlyWhereClassesAreAllowed() {
        Settings model = check("name", "a", "model", Map.of("type", "com.example.Mine", "scale", 2.5)).orThrow().struct("model");
        assertThat(model.type()).isEqualTo("com.example.Mine");
        assertThat(model.number("scale")).isEqualTo(2.5);
        assertThat(check("name", "a", "sampler", Map.of("walk", "com.example.Mine")).problems()).hasSize(1);
        assertThat(check("name", "a", "model", "nodots").problems()).hasSize(1);
    }

    @Test
    void numbersAreFiniteAndInRange() {
        for (Object bad : Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, "0.5", 0, 1, true, List.of())) {
            assertThat(check("name", "a", "levels", List.of(bad)).problems()).as("%s", bad).hasSize(1);
        }
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPointOrExponent_butNotWithAFraction() {
        assertThat(check("name", "a", "sampler", Map.of("particles", 1e3)).orThrow().struct("sampler").count("particles")).isEqualTo(1000);
        for (Object bad : Arrays.asList(1.5, 0, -1, new BigInteger("99999999999999999999"), 1e300, "12", Double.NaN)) {
            assertThat(check("name", "a", "sampler", Map.of("particles", bad)).problems()).as("%s", bad).hasSize(1);
        }
    }

    @Test
    void aNumberWhereTextIsMeantIsToldToBeQuoted() {
        assertThat(check("name", 2026L).problems().get(0).suggestion()).isEqualTo("write it in quotes: \"2026\"");
    }

    @Test
    void aNullCountsAsAbsent() {
        Map<String, Object> sampler = new java.util.HashMap<>();
        sampler.put("particles", null);
        assertThat(check("name", "a", "sampler", sampler).orThrow().struct("sampler").count("particles")).isEqualTo(1024);
    }

    @Test
    void durationsAreWords() {
        assertThat(check("name", "a", "sampler", Map.of("pause", "500 ms")).orThrow().struct("sampler").duration("pause"))
                .isEqualTo(Duration.ofMillis(500));
        Problem bare = check("name", "a", "sampler", Map.of("pause", 30L)).problems().get(0);
        assertThat(bare.suggestion()).isEqualTo("say the unit: 30s or 30ms");
    }

    @Test
    void everyEffectiveValueKnowsWhoSetIt() {
        Checked checked = Checker.check(ROOT, Map.of("name", "a", "sampler", Map.of("particles", 7)), path -> "file:" + path, name -> Optional.empty(), x -> x);
        assertThat(checked.effective()).containsExactly(
                new Effective("name", "a", "file:name"),
                new Effective("sampler.particles", "7", "file:sampler.particles"),
                new Effective("sampler.walk.type", "mala", Effective.DEFAULT),
                new Effective("sampler.walk.step-size", "auto", Effective.DEFAULT),
                new Effective("levels[0]", "0.5", Effective.DEFAULT));
    }

    @Test
    void environmentReferencesAreReadEverywhere_andNeverShown() {
        Map<String, String> environment = Map.of("SECRET", "hunter2", "N", "12", "TALK", "true");
        Checked checked = Checker.check(ROOT,
                Map.of("name", "a-${env:SECRET}", "sampler", Map.of("particles", "${env:N}"), "verbose", "${env:TALK}",
                        "kafka", Map.of("sasl.jaas.config", "password=\"${env:SECRET}\"", "other", "${not-ours}")),
                path -> "file", name -> Optional.ofNullable(environment.get(name)), x -> x);
        Settings settings = checked.orThrow();
        assertThat(settings.text("name")).isEqualTo("a-hunter2");
        assertThat(settings.struct("sampler").count("particles")).isEqualTo(12);
        assertThat(settings.flag("verbose")).isTrue();
        assertThat(settings.map("kafka", String.class)).containsEntry("sasl.jaas.config", "password=\"hunter2\"").containsEntry("other", "${not-ours}");
        assertThat(checked.effective().toString()).doesNotContain("hunter2").contains("${env:SECRET}");
    }

    @Test
    void aMissingEnvironmentVariableIsNamed() {
        Problem problem = check("name", "${env:NOWHERE}").problems().get(0);
        assertThat(problem.message()).isEqualTo("needs the environment variable NOWHERE, which is not set");
    }

    @Test
    void aValueFromTheEnvironmentThatDoesNotFitIsAProblem_withoutShowingIt() {
        Checked checked = Checker.check(ROOT, Map.of("name", "a", "sampler", Map.of("particles", "${env:S}")), p -> "f", n -> Optional.of("hunter2"), x -> x);
        assertThat(checked.problems()).singleElement().satisfies(p -> assertThat(p.toString()).doesNotContain("hunter2").contains("${env:S}"));
    }

    @Test
    void filesAreFoundFromWhereTheConfigurationStands_andShownAsWritten() {
        Checked checked = Checker.check(ROOT, Map.of("name", "a", "input", "x.csv"), p -> "f", n -> Optional.empty(), written -> "/home/" + written);
        assertThat(checked.orThrow().text("input")).isEqualTo("/home/x.csv");
        assertThat(checked.effective()).contains(new Effective("input", "x.csv", "f"));
    }

    @Test
    void spellingsAreNear_notAnything() {
        List<String> known = List.of("particles", "seed", "ess-threshold");
        assertThat(Spelling.nearest("ess_treshold", known)).contains("ess-threshold");
        assertThat(Spelling.nearest("sede", known)).contains("seed");
        assertThat(Spelling.nearest("banana", known)).isEmpty();
        assertThat(Spelling.nearest("xy", known)).isEmpty();
        assertThat(Spelling.distance("ca", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("abcd", "acbd")).isEqualTo(1);
    }

    @Test
    void durationWordsReadAndWriteTheSame() {
        assertThat(DurationWords.parse("1.5 min")).contains(Duration.ofSeconds(90));
        assertThat(DurationWords.parse("2d")).contains(Duration.ofDays(2));
        assertThat(DurationWords.parse("0")).contains(Duration.ZERO);
        for (String bad : List.of("30", "s", "-5s", "5 weeks", "", "1e3 s", "999999999999999 d")) {
            assertThat(DurationWords.parse(bad)).as(bad).isEmpty();
        }
        for (long millis : new long[] {0, 1, 999, 1000, 61_000, 3_600_000, 172_800_000}) {
            Duration duration = Duration.ofMillis(millis);
            assertThat(DurationWords.parse(DurationWords.format(duration))).contains(duration);
        }
    }

    @Test
    void aTableIsRowsOfNumbers_orAFileThatSomebodyReads() {
        Table inline = check("name", "a", "atoms", Arrays.asList(List.of(1L, 2.5), Arrays.asList(null, -1L))).orThrow().table("atoms");
        assertThat(inline.rows()[0]).containsExactly(1, 2.5);
        assertThat(inline.rows()[1]).containsExactly(Double.NaN, -1);
        assertThat(check("name", "a", "atoms", List.of(3L, 4L)).orThrow().table("atoms").rows()).isDeepEqualTo(new double[][] {{3}, {4}});
        Checked fromFile = Checker.check(ROOT, Map.of("name", "a", "atoms", "x.csv"), path -> "given", name -> Optional.empty(),
                path -> "/here/" + path, path -> new Table(List.of("u", "v"), new double[][] {{path.length(), 1}}));
        assertThat(fromFile.orThrow().table("atoms").column("u")).containsExactly(11);
    }

    @Test
    void aTableThatIsNoneIsAProblem() {
        assertThat(check("name", "a", "atoms", List.of(List.of(1L, 2L), List.of(3L))).problems().get(0).message()).contains("equally many");
        assertThat(check("name", "a", "atoms", List.of(List.of("x"))).problems().get(0).message()).contains("has x where a number is needed");
        assertThat(check("name", "a", "atoms", 5L).problems().get(0).message()).contains("must be a table");
        assertThat(check("name", "a", "atoms", "x.csv").problems().get(0).message()).contains("cannot be read: files are not read here");
    }
}
