package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The whole transition matrix of the discrete kernels on targets of 8 and 9 points, put together from the kernels' own proposal and acceptance
 * probabilities, to 1e-12; and that their moves have that matrix: 200,000 particles from each start, every cell at |z| &lt; 6, false alarm 2e-9 a cell.
 */
class DiscreteKernelsTest {

    private static final double ETA = 1.3;
    private static final QuadraticMass COUPLED = QuadraticMass.signs(0.4, 0.3, -0.5, 0.2);
    private static final QuadraticMass PRODUCT = QuadraticMass.signs(0, 0.3, -0.8, 0.1);
    private static final QuadraticMass CATEGORIES = QuadraticMass.oneHot(3, 0.5, 0.3, -0.5, 0.2, 0.1, 0.6, -0.4);

    private static final QuadraticMass APART = QuadraticMass.oneHot(3, 0, 0.3, -0.5, 0.2, 0.1, 0.6, -0.4);

    private final Scratch scratch = new Scratch();

    private Cloud at(QuadraticMass target, Particles x) {
        Cloud cloud = new Cloud().over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        return cloud;
    }

    /** Every particle at this state. */
    private Cloud all(QuadraticMass target, int state) {
        Particles states = target.states();
        Particles x = new Particles(states.size, states.dimension);
        for (int j = 0; j < x.dimension; j++) {
            Arrays.fill(x.values, j * x.stride, (j + 1) * x.stride, states.get(j, state));
        }
        return at(target, x);
    }

    private static double sigma(double x) { return 1 / (1 + Math.exp(-x)); }

    private static double differing(Particles states, int a, int b, double[] logits, boolean wantsOne) {
        double product = 1;
        for (int j = 0; j < states.dimension; j++) {
            double p = sigma(logits[j * states.stride + a]);
            boolean is = wantsOne ? states.get(j, b) > 0 : states.get(j, a) != states.get(j, b);
            product *= is ? p : 1 - p;
        }
        return product;
    }

    private double[][] proposals(QuadraticMass target) {
        Particles states = target.states();
        double[] logits = new double[states.length()];
        double[][] q = new double[states.size][states.size];
        if (target.categories() == 0) {
            DiscreteLangevin.flipLogits(at(target, states), ETA, logits);
        } else {
            CategoricalLangevin.logProbabilities(at(target, states), 3, ETA, logits, scratch);
        }
        for (int a = 0; a < states.size; a++) {
            for (int b = 0; b < states.size; b++) {
                if (target.categories() == 0) {
                    q[a][b] = differing(states, a, b, logits, false);
                } else {
                    double log = 0;
                    for (int j = 0; j < states.dimension; j++) {
                        log += states.get(j, b) == 1 ? logits[j * states.stride + a] : 0;
                    }
                    q[a][b] = Math.exp(log);
                }
            }
        }
        return q;
    }

    private double[][] metropolis(QuadraticMass target) {
        double[][] matrix = proposals(target);
        Cloud from = at(target, target.states());
        double[] logRatio = new double[from.particles().stride];
        for (int b = 0; b < matrix.length; b++) {
            if (target.categories() == 0) {
                DiscreteLangevin.logAcceptance(from, all(target, b), ETA, logRatio, scratch);
            } else {
                CategoricalLangevin.logAcceptance(from, all(target, b), 3, ETA, logRatio, scratch);
            }
            for (int a = 0; a < matrix.length; a++) {
                matrix[a][b] *= a == b ? 1 : Math.min(1, Math.exp(logRatio[a]));
            }
        }
        return withStays(matrix);
    }

    private static double[][] withStays(double[][] matrix) {
        for (int a = 0; a < matrix.length; a++) {
            matrix[a][a] += 1 - Arrays.stream(matrix[a]).sum();
        }
        return matrix;
    }

    /** The probability of b given a, of laws over signs (log-odds of 1) or categories (log-probabilities) by start. */
    private static double drawn(QuadraticMass target, int a, int b, double[] law) {
        Particles states = target.states();
        if (target.categories() == 0) {
            return differing(states, a, b, law, true);
        }
        double log = 0;
        for (int j = 0; j < states.dimension; j++) {
            log += states.get(j, b) == 1 ? law[j * states.stride + a] : 0;
        }
        return Math.exp(log);
    }

    /** P(y, y') = sum_z P(z | y) t(y' | z) a(y, z, y'). */
    private double[][] twoStage(QuadraticMass target, boolean adjusted) {
        Particles states = target.states();
        Cloud cloud = at(target, states);
        double[] first = new double[states.length()];
        double[] second = new double[states.length()];
        if (target.categories() == 0) {
            TwoStage.firstLogits(states, ETA, first);
            TwoStage.secondLogits(cloud, ETA, second);
        } else {
            CategoricalTwoStage.firstLogProbabilities(states, target.categories(), ETA, first, scratch);
            CategoricalTwoStage.secondLogProbabilities(cloud, target.categories(), ETA, second, scratch);
        }
        int n = states.size;
        double[][] matrix = new double[n][n];
        double[] logRatio = new double[states.stride];
        for (int z = 0; z < n; z++) {
            Cloud atZ = all(target, z);
            for (int b = 0; b < n; b++) {
                TwoStage.logAcceptance(cloud, atZ.score(), all(target, b), logRatio);
                for (int a = 0; a < n; a++) {
                    double accepted = adjusted && a != b ? Math.min(1, Math.exp(logRatio[a])) : 1;
                    matrix[a][b] += drawn(target, a, z, first) * drawn(target, z, b, second) * accepted;
                }
            }
        }
        return withStays(matrix);
    }

    private static void assertReversible(double[][] matrix, double[] p) {
        for (int a = 0; a < p.length; a++) {
            for (int b = 0; b < p.length; b++) {
                assertThat(matrix[a][b]).isBetween(0.0, 1.0);
                assertThat(p[a] * matrix[a][b]).isCloseTo(p[b] * matrix[b][a], within(1e-12));
            }
        }
    }

    private static double[] stationary(double[][] matrix) {
        double[] p = new double[matrix.length];
        Arrays.fill(p, 1.0 / p.length);
        for (int k = 0; k < 3000; k++) {
            double[] next = new double[p.length];
            for (int a = 0; a < p.length; a++) {
                for (int b = 0; b < p.length; b++) {
                    next[b] += p[a] * matrix[a][b];
                }
            }
            p = next;
        }
        return p;
    }

    /** The quadratic form of the proposal: t(y' | y) proportional to exp(s(y).(y' - y)/2 - |y' - y|^2/(2 eta)), or /(2 alpha) with alpha = eta/2 for categories. */
    @Test
    void proposals_areThoseOfTheirDefinition() {
        for (QuadraticMass target : new QuadraticMass[] {COUPLED, CATEGORIES}) {
            Particles states = target.states();
            Cloud cloud = at(target, states);
            double[][] q = proposals(target);
            double width = target.categories() == 0 ? 2 * ETA : ETA;
            for (int a = 0; a < states.size; a++) {
                double[] t = new double[states.size];
                for (int b = 0; b < states.size; b++) {
                    for (int j = 0; j < states.dimension; j++) {
                        double step = states.get(j, b) - states.get(j, a);
                        t[b] += 0.5 * cloud.score()[j * states.stride + a] * step - step * step / width;
                    }
                    t[b] = Math.exp(t[b]);
                }
                double sum = Arrays.stream(t).sum();
                for (int b = 0; b < states.size; b++) {
                    assertThat(q[a][b]).isCloseTo(t[b] / sum, within(1e-12));
                }
            }
        }
    }

    @Test
    void dmala_isReversible() {
        assertReversible(metropolis(COUPLED), COUPLED.probabilities());
        assertReversible(metropolis(CATEGORIES), CATEGORIES.probabilities());
    }

    @Test
    void adjustedTwoStage_isReversible() {
        assertReversible(twoStage(COUPLED, true), COUPLED.probabilities());
        assertReversible(twoStage(CATEGORIES, true), CATEGORIES.probabilities());
    }

    @Test
    void twoStage_isExactOnProductTargetsAndBiasedOtherwise() {
        assertThat(distance(stationary(twoStage(PRODUCT, false)), PRODUCT.probabilities())).isLessThan(1e-12);
        assertThat(distance(stationary(twoStage(COUPLED, false)), COUPLED.probabilities())).isBetween(0.005, 0.3);
        assertThat(distance(stationary(twoStage(APART, false)), APART.probabilities())).isLessThan(1e-12);
        assertThat(distance(stationary(twoStage(CATEGORIES, false)), CATEGORIES.probabilities())).isBetween(0.005, 0.3);
    }

    private static double distance(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += Math.abs(p[k] - q[k]) / 2;
        }
        return sum;
    }

    @Test
    void dula_hasItsStationaryOddsOnProductTargets() {
        double[] p = stationary(withStays(proposals(PRODUCT)));
        Particles states = PRODUCT.states();
        double c = 2 / ETA;
        for (int j = 0; j < 3; j++) {
            double up = 0;
            for (int a = 0; a < states.size; a++) {
                up += states.get(j, a) > 0 ? p[a] : 0;
            }
            double b = PRODUCT.b[j];
            double odds = Math.exp(2 * b) * (1 + Math.exp(-b - c)) / (1 + Math.exp(b - c));
            assertThat(up / (1 - up)).isCloseTo(odds, within(1e-12));
        }
    }

    @Test
    void twoCategories_areASign() {
        QuadraticMass signs = QuadraticMass.signs(0, 0.7);
        QuadraticMass pair = QuadraticMass.oneHot(2, 0, -0.7, 0.7);
        double[] flip = new double[8];
        double[] log = new double[16];
        DiscreteLangevin.flipLogits(at(signs, signs.states()), ETA, flip);
        CategoricalLangevin.logProbabilities(at(pair, pair.states()), 2, ETA, log, scratch);
        assertThat(Math.exp(log[8])).isCloseTo(sigma(flip[0]), within(1e-14));
        assertThat(Math.exp(log[1])).isCloseTo(sigma(flip[1]), within(1e-14));
    }

    @Test
    void moves_haveTheMatrix() {
        assertMoves(new DiscreteLangevin(false, 1), COUPLED, withStays(proposals(COUPLED)));
        assertMoves(new DiscreteLangevin(true, 1), COUPLED, metropolis(COUPLED));
        assertMoves(new CategoricalLangevin(false, 1), CATEGORIES, withStays(proposals(CATEGORIES)));
        assertMoves(new CategoricalLangevin(true, 1), CATEGORIES, metropolis(CATEGORIES));
        assertMoves(new TwoStage(false, 1), COUPLED, twoStage(COUPLED, false));
        assertMoves(new TwoStage(true, 1), COUPLED, twoStage(COUPLED, true));
        assertMoves(new CategoricalTwoStage(false, 1), CATEGORIES, twoStage(CATEGORIES, false));
        assertMoves(new CategoricalTwoStage(true, 1), CATEGORIES, twoStage(CATEGORIES, true));
    }

    private static void assertMoves(Transition kernel, QuadraticMass target, double[][] matrix) {
        int perStart = 200_000;
        int n = matrix.length;
        Particles states = target.states();
        Particles x = new Particles(n * perStart, target.dimension());
        for (int j = 0; j < x.dimension; j++) {
            for (int i = 0; i < x.size; i++) {
                x.set(j, i, states.get(j, i % n));
            }
        }
        x.pad();
        double[][] counts = new double[n][n];
        new Moves(kernel, target, Moves.tuning(ETA), x, 6).move(1);
        for (int i = 0; i < x.size; i++) {
            counts[i % n][target.index(x, i)]++;
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                double p = matrix[a][b];
                double z = (counts[a][b] - perStart * p) / Math.sqrt(perStart * p * (1 - p));
                assertThat(Math.abs(z)).as("%s from %d to %d", kernel.getClass().getSimpleName(), a, b).isLessThan(6);
            }
        }
    }
}
