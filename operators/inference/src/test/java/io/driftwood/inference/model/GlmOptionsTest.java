package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user writes under a glm: names, standardisation, and what is said when it does not fit. */
class GlmOptionsTest {

    @TempDir
    Path folder;

    @Test
    void parametersAndFieldsAreCalledWhatTheUserCallsThem() {
        Model model = glm("family", "student-t", "features", List.of("dose", "age"));
        assertThat(model.fields()).containsExactly("y", "dose", "age");
        assertThat(model.parameters().parameters().stream().map(Parameter::name))
                .containsExactly("intercept", "dose", "age", "scale", "degrees-of-freedom");
        assertThat(glm("family", "bernoulli", "trials", "n", "intercept", false).fields()).containsExactly("y", "n", "x");
        assertThat(glm("family", "negative-binomial", "dispersion", 0.5).parameters().dimension()).isEqualTo(2);
    }

    @Test
    void featuresAreStandardisedByTheirConstantsAndAConstantColumnBecomesZero() {
        Model model = glm("features", List.of("a", "b", "c"), "standardise",
                Map.of("a", Settings.of("mean", 10.0, "sd", 2.0), "b", Settings.of("mean", 3.0, "sd", 0.0)));
        double[] row = new double[model.rowWidth()];
        model.encode(new double[] {1, 14, 3, 7}, row);
        assertThat(row).containsExactly(1, 1, 2, 0, 7);
    }

    @Test
    void constantsAreReadFromAFile() throws Exception {
        Path file = folder.resolve("constants.csv");
        Files.writeString(file, "feature,mean,sd\nx,5,2\n\nunused,1,1\n");
        Model model = glm("standardise", Settings.of("from", file.toString()));
        double[] row = new double[model.rowWidth()];
        model.encode(new double[] {0, 9}, row);
        assertThat(row).containsExactly(0, 1, 2);
    }

    @Test
    void aFileOfConstantsThatDoesNotFitIsSaidSo() throws Exception {
        assertThat(fileProblem("feature;mean;sd\n")).contains("line 1 must be the header feature,mean,sd");
        assertThat(fileProblem("feature,mean,sd\nx,1\n")).contains("line 2 has 2 fields");
        assertThat(fileProblem("feature,mean,sd\nx,1,-2\n")).contains("line 2").contains("sd at least 0");
        assertThat(fileProblem("feature,mean,sd\nz,1,2\n")).contains("has no line for x");
        assertThat(problems("standardise", Settings.of("from", folder.resolve("absent.csv").toString())).get(0).message())
                .contains("cannot be read");
    }

    private String fileProblem(String content) throws Exception {
        Path file = folder.resolve("bad.csv");
        Files.writeString(file, content);
        return problems("standardise", Settings.of("from", file.toString())).get(0).message();
    }

    @Test
    void whatDoesNotBelongIsSaid() {
        assertThat(problems("prior", Map.of("weight", Settings.of("type", "flat"), "size", Settings.of("type", "flat")))).hasSize(2)
                .allSatisfy(p -> assertThat(p.message()).contains("no such coefficient").contains("intercept, x"));
        assertThat(problems("prior", Map.of("x", Settings.of("type", "exponential", "rate", 1.0))).get(0))
                .satisfies(p -> assertThat(p.path()).isEqualTo("prior.x"))
                .satisfies(p -> assertThat(p.message()).contains("any real number"));
        assertThat(problems("scale", 2.0).get(0).message()).contains("bernoulli has no scale");
        assertThat(problems("family", "gaussian", "scale", Settings.of("type", "normal", "mean", 0.0, "sd", 1.0)).get(0).message())
                .contains("is positive");
        assertThat(problems("features", List.of(), "intercept", false).get(0).message()).contains("a feature or an intercept");
        assertThat(problems("standardise", Map.of("z", Settings.of("mean", 0.0, "sd", 1.0))).get(0).path()).isEqualTo("standardise.z");
    }

    @Test
    void constantsOfAFileAreMeanAndPopulationSd() throws Exception {
        Path csv = folder.resolve("data.csv");
        Files.writeString(csv, "a,b\n1,5\n2,\n6,5\n");
        Map<String, Standardisation> constants = Standardisation.ofCsv(csv, List.of("a", "b"));
        assertThat(constants.get("a").mean()).isEqualTo(3);
        assertThat(constants.get("a").sd()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-15));
        assertThat(constants.get("b")).isEqualTo(new Standardisation(5, 0));
        Path file = folder.resolve("constants.csv");
        Standardisation.write(constants, file);
        assertThat(Standardisation.read(file)).isEqualTo(constants);
        assertThatThrownBy(() -> Standardisation.ofCsv(csv, List.of("c"))).hasMessageContaining("no column c");
    }

    @Test
    void impossibleResponsesHaveDensityZero() {
        impossible(glm("family", "bernoulli"), new double[] {2, 0}, new double[] {-1, 0}, new double[] {0.5, 0});
        impossible(glm("family", "poisson"), new double[] {-1, 0}, new double[] {1.5, 0});
        impossible(glm("family", "negative-binomial"), new double[] {-1, 0}, new double[] {1.5, 0});
        impossible(glm("family", "bernoulli", "trials", "n"), new double[] {3, 2, 0}, new double[] {1, 1.5, 0});
    }

    private static void impossible(Model model, double[]... observations) {
        ModelCase c = ModelCase.of("impossible", model);
        var theta = c.particles(8, 1);
        for (double[] values : observations) {
            double[] row = new double[model.rowWidth()];
            model.encode(values, row);
            Rows rows = new Rows(row.length);
            rows.append(row, 0.5);
            double[] density = new double[8];
            model.addLogLikelihood(theta, rows, 0, 1, density, new double[theta.length()], new Scratch());
            assertThat(density).as(Arrays.toString(values)).containsOnly(Double.NEGATIVE_INFINITY);
        }
    }

    private static List<Problem> problems(Object... more) {
        try {
            glm(more);
        } catch (ConfigurationException e) {
            return e.problems();
        }
        throw new AssertionError("no problem was seen");
    }

    private static Model glm(Object... more) {
        List<Object> settings = new ArrayList<>(List.of("type", "glm"));
        List<Object> given = List.of(more);
        for (Object[] fallback : new Object[][] {{"family", "bernoulli"}, {"response", "y"}, {"features", List.of("x")}, {"intercept", true}}) {
            if (!given.contains(fallback[0])) {
                settings.addAll(Arrays.asList(fallback));
            }
        }
        settings.addAll(given);
        return Models.CATALOGUE.build(Settings.of(settings.toArray()));
    }
}
