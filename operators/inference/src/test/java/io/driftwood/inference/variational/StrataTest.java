package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A partition of unity, and the derivatives of a target's part in a stratum. */
class StrataTest {

    private static final Strata THREE = new Strata(new double[] {0.6, -1.1}, new double[] {-0.5, 0.8}, 0.3);
    private static final Strata ACROSS = new Strata(new double[] {1, 0.2}, new double[] {0.1}, 0.4);

    private final Scratch scratch = new Scratch();

    private static Particles points() {
        Particles x = new Particles(17, 2);
        Randomness.of(5, "strata").normals(0, Purpose.USER, 0, x.values, 0, x.length());
        x.pad();
        return x;
    }

    private double[] logDensity(Target target, Particles x) {
        double[] log = new double[x.stride];
        target.evaluate(x, log, null, scratch);
        return log;
    }

    @Test
    void parts_ofATarget_addUpToIt_alsoOneWithinTheOther() {
        Target whole = new BentTarget();
        Particles x = points();
        double[] sum = new double[x.stride];
        for (int c = 0; c < THREE.count(); c++) {
            for (int k = 0; k < ACROSS.count(); k++) {
                double[] part = logDensity(new StratumTarget(new StratumTarget(whole, THREE, c), ACROSS, k), x);
                for (int i = 0; i < x.size; i++) {
                    sum[i] += Math.exp(part[i]);
                }
            }
        }
        double[] log = logDensity(whole, x);
        for (int i = 0; i < x.size; i++) {
            assertThat(sum[i]).isCloseTo(Math.exp(log[i]), within(1e-14 * Math.exp(log[i])));
        }
    }

    /** At an edge neighbours share alike but for what the third has; beyond, a share falls by one in its log for each softness, however small it is. */
    @Test
    void shares_areEvenAtAnEdge_andFallAsTheLogistic() {
        Strata along = new Strata(new double[] {1}, new double[] {2}, 0.25);
        Particles x = new Particles(3, 1);
        x.set(0, 0, 2);
        x.set(0, 1, 2.25);
        x.set(0, 2, 1e5);
        x.pad();
        GaussianTarget normal = GaussianTarget.standard(1);
        double[] whole = logDensity(normal, x);
        double[] left = logDensity(new StratumTarget(normal, along, 0), x);
        assertThat(left[0] - whole[0]).isCloseTo(-Math.log(2), within(1e-14));
        assertThat(left[1] - whole[1]).isCloseTo(-Math.log1p(Math.E), within(1e-14));
        assertThat(left[2] - whole[2]).isCloseTo(-(1e5 - 2) / 0.25, within(1e-5));
        assertThat(logDensity(new StratumTarget(normal, along, 1), x)[2]).isEqualTo(whole[2]);
    }

    @Test
    void scoreAndProduct_areThoseOfDifferences() {
        Target part = new StratumTarget(new StratumTarget(new BentTarget(), THREE, 1), ACROSS, 0);
        Particles x = points();
        double[] score = new double[x.length()];
        double[] direction = points().values;
        double[] product = new double[x.length()];
        part.evaluate(x, new double[x.stride], score, scratch);
        part.hessianVector(x, direction, product, scratch);
        double h = 1e-5;
        Particles up = points();
        Particles down = points();
        for (int k = 0; k < x.length(); k++) {
            up.values[k] += h * direction[k];
            down.values[k] -= h * direction[k];
        }
        double[] upScore = new double[x.length()];
        double[] downScore = new double[x.length()];
        double[] upLog = new double[x.stride];
        double[] downLog = new double[x.stride];
        part.evaluate(up, upLog, upScore, scratch);
        part.evaluate(down, downLog, downScore, scratch);
        for (int i = 0; i < x.size; i++) {
            double slope = score[i] * direction[i] + score[x.stride + i] * direction[x.stride + i];
            assertThat((upLog[i] - downLog[i]) / (2 * h)).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
        for (int k = 0; k < x.length(); k++) {
            assertThat((upScore[k] - downScore[k]) / (2 * h)).isCloseTo(product[k], within(1e-6 * (1 + Math.abs(product[k]))));
        }
    }

    /** Windows of a standard normal between edges one apart, soft by 0.4, have variance 0.4/1.4 in the middle, as a product of normals has; ripple and tails are below 2 %. */
    @Test
    void slabsOfOneWidth_areNearlyNormalWindows() {
        Strata slabs = new Strata(new double[] {1}, IntStream.rangeClosed(-3, 3).mapToDouble(c -> c - 0.5).toArray(), 0.4);
        Particles x = new Particles(4001, 1);
        for (int i = 0; i < x.size; i++) {
            x.set(0, i, -5 + i * 0.0025);
        }
        x.pad();
        double[] log = logDensity(new StratumTarget(GaussianTarget.standard(1), slabs, 4), x);
        double mass = 0;
        double squares = 0;
        for (int i = 0; i < x.size; i++) {
            mass += Math.exp(log[i]);
            squares += Math.exp(log[i]) * x.get(0, i) * x.get(0, i);
        }
        assertThat(squares / mass).isCloseTo(0.4 / 1.4, within(0.02 * 0.4 / 1.4));
    }

    /** A normal of variance 0.04 along one direction and 1 along all others. */
    @Test
    void departures_areAlongWhatIsNotStandard() {
        GaussianTarget flat = new GaussianTarget(new double[3], new double[] {0.2, 0, 0, 0, 1, 0, 0, 0, 1});
        Particles u = new Particles(400, 3);
        Randomness.of(6, "departures").normals(0, Purpose.USER, 0, u.values, 0, u.length());
        u.pad();
        double[] score = new double[u.length()];
        double[] weights = new double[u.stride];
        Arrays.fill(weights, 0, 400, 1.0 / 399);
        flat.evaluate(u, new double[u.stride], score, scratch);
        score[u.stride + 7] = Double.NaN;
        weights[7] = 0;
        assertThat(Math.abs(Departures.of(u, score, weights, 1)[0][0])).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatIsNoPartition_isRefused() {
        assertThatThrownBy(() -> new Strata(new double[] {1}, new double[] {1, 1}, 0.1)).hasMessageContaining("ascend");
        assertThatThrownBy(() -> new Strata(new double[] {1}, new double[] {1}, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new StratumTarget(new BentTarget(), new Strata(new double[] {1}, new double[0], 1), 0)).hasMessageContaining("2");
    }
}
