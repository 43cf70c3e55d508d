package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.Oring;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.variational.FarStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The normal that follows a posterior: exact for a normal regression, near enough for counts. */
class LaplaceRecursionTest {

    private final Scratch scratch = new Scratch();

    private static Model regression(String family) {
        Settings settings = Settings.of("family", family, "response", "y", "features", List.of("a", "b"), "intercept", true);
        return Models.CATALOGUE.find("glm").orElseThrow().build().apply(family.equals("gaussian") ? settings.with("scale", 1.0) : settings);
    }

    private static Observation row(SplittableRandom random, boolean counts, double surplus) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        double eta = 0.5 + 0.4 * a - 0.3 * b;
        return new Observation("all", 1, new double[] {counts ? Math.rint(Math.exp(eta)) + surplus : eta + random.nextGaussian() + surplus, a, b}, "test", 1);
    }

    /**
     * The mode of all rows at once. Where the posterior is normal every step is exact, a far one at the end too; of counts each one leaves an error, a fraction of an
     * sd in all, and a far one leaves more, because no normal bends as the posterior does.
     */
    @Test
    void aRecursionRowByRow_comesToTheModeOfAllRows() {
        assertThat(distanceAfterAll("gaussian", 40)).isLessThan(1e-6);
        assertThat(distanceAfterAll("poisson", 0)).isBetween(1e-6, 0.3);
    }

    private double distanceAfterAll(String family, double far) {
        Model model = regression(family);
        LaplaceRecursion recursion = new LaplaceRecursion(model);
        double[] state = recursion.start();
        Rows rows = new Rows(model.rowWidth());
        SplittableRandom random = new SplittableRandom(3);
        FarStep last = null;
        for (int t = 0; t < 60; t++) {
            Observation y = row(random, family.equals("poisson"), t == 59 ? far : 0);
            double[] encoded = new double[model.rowWidth()];
            model.encode(y.values(), encoded);
            rows.append(encoded, 1);
            last = recursion.step(state, y, scratch).orElseThrow();
        }
        assertThat(last.distance() > 2).as("%s sd", last.distance()).isEqualTo(far > 0);
        LaplaceApproximation whole = LaplaceApproximation.of(new PosteriorTarget(model).on(rows), new double[3], scratch).orElseThrow();
        double[] followed = {state[0], state[1], state[2]};
        double[] lower = Arrays.copyOfRange(state, 3, 12);
        FarStep between = FarStep.between(new GaussianTarget(followed, lower), whole.widened(1));
        double off = between.distance();
        for (double sd : between.sd()) {
            off += Math.abs(sd - 1);
        }
        return off;
    }

    @Test
    void whatThePosteriorWouldNotTake_leavesTheStateAsItWas() {
        LaplaceRecursion recursion = new LaplaceRecursion(regression("gaussian"));
        double[] state = recursion.start();
        for (double[] values : new double[][] {{1, Double.NaN, 2}, {Double.POSITIVE_INFINITY, 1, 2}, {1, 2}}) {
            assertThat(recursion.step(state, new Observation("all", 1, values, "test", 1), scratch)).isEqualTo(Optional.empty());
            assertThat(state).isEqualTo(recursion.start());
        }
    }

    @Test
    void aPriorThatCannotBeFollowed_isRefusedInWords() {
        Model improper = Oring.lecture("failure", "temp_f", 15);
        assertThatThrownBy(() -> new LaplaceRecursion(improper)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("its prior is improper");
    }
}
