package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.model.bijector.CorrelationCholesky;
import io.driftwood.inference.model.bijector.Simplex;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The adapter's three sources of derivatives agree, and vector-valued parameters are differentiated through their bijectors. */
class PerParticleTest {

    private final Scratch scratch = new Scratch();

    @Test
    void differencesAndHipparchusAgreeWithTheGradientByHand() {
        ModelCase hand = ModelCase.of("particle", new PerParticle(new ParticleLogistic.ByHand()));
        Rows rows = hand.rows(30);
        Particles theta = hand.particles(19, 1);
        double[] density = new double[theta.stride];
        double[] expected = score(hand.model(), theta, rows, density);
        for (ParticleModel other : List.of(new ParticleLogistic.Plain(), new ParticleLogistic.ByHipparchus())) {
            double[] otherDensity = new double[theta.stride];
            double[] actual = score(new PerParticle(other), theta, rows, otherDensity);
            for (int k = 0; k < expected.length; k++) {
                assertThat(actual[k]).isCloseTo(expected[k], within(1e-7 * (1 + Math.abs(expected[k]))));
            }
            for (int i = 0; i < density.length; i++) {
                assertThat(otherDensity[i]).isCloseTo(density[i], within(1e-11 * (1 + Math.abs(density[i]))));
            }
        }
    }

    /** Differences of differences: eps^(1/3) of relative error is what is left. */
    @Test
    void hessianVectorWithoutAnyGradientIsRough() {
        ModelCase hand = ModelCase.of("particle", new PerParticle(new ParticleLogistic.ByHand()));
        Rows rows = hand.rows(30);
        Particles theta = hand.particles(19, 1);
        double[] v = theta.values.clone();
        double[] expected = new double[v.length];
        hand.model().addLikelihoodHessianVector(theta, v, rows, 0, 30, expected, scratch);
        double[] actual = new double[v.length];
        new PerParticle(new ParticleLogistic.Plain()).addLikelihoodHessianVector(theta, v, rows, 0, 30, actual, scratch);
        for (int k = 0; k < v.length; k++) {
            assertThat(actual[k]).isCloseTo(expected[k], within(1e-3 * (1 + Math.abs(expected[k]))));
        }
    }

    private double[] score(Model model, Particles theta, Rows rows, double[] density) {
        double[] score = new double[theta.length()];
        model.addLogLikelihood(theta, rows, 0, rows.count, density, score, scratch);
        return score;
    }

    /** log p = sum_k c_k log x_k + d L_21 L_31: its gradient by x is simple, the pull-back must do the rest. */
    private static final class Grouped implements ParticleModel {

        private static final double[] C = {0.3, 1.2, 0.7, 2};

        @Override
        public List<Block> parameters() {
            return List.of(new Block("share", "", new Simplex(4), new DirichletPrior(4, 2)),
                    new Block("factor", "", new CorrelationCholesky(3), new LkjPrior(3, 1.5)));
        }

        @Override
        public List<String> fields() { return List.of("y"); }

        @Override
        public double logLikelihood(double[] p, double[] row) {
            double log = row[0] * p[4] * p[5] + p[6] * p[6];
            for (int k = 0; k < 4; k++) {
                log += C[k] * Math.log(p[k]);
            }
            return log;
        }

        @Override
        public boolean gradient(double[] p, double[] row, double[] gradient) {
            for (int k = 0; k < 4; k++) {
                gradient[k] = C[k] / p[k];
            }
            gradient[4] = row[0] * p[5];
            gradient[5] = row[0] * p[4];
            gradient[6] = 2 * p[6];
            return true;
        }
    }

    @Test
    void gradientsOfSimplexAndCorrelationArePulledBack() {
        Model model = new PerParticle(new Grouped());
        assertThat(model.parameters().parameters().stream().map(Parameter::name))
                .containsExactly("share[1]", "share[2]", "share[3]", "share[4]", "factor[2,1]", "factor[3,1]", "factor[3,2]");
        Particles theta = ModelCase.of("grouped", model).particles(20, 1);
        Rows rows = new Rows(1);
        rows.append(new double[] {1.7}, 0.8);
        double[] score = score(model, theta, rows, new double[theta.stride]);
        for (int j = 0; j < theta.dimension; j++) {
            double h = 1e-5;
            double[] up = new double[theta.stride];
            double[] down = new double[theta.stride];
            Particles moved = new Particles(20, theta.dimension);
            moved.copyFrom(theta);
            for (int i = 0; i < theta.stride; i++) {
                moved.values[j * theta.stride + i] += h;
            }
            model.addLogLikelihood(moved, rows, 0, 1, up, null, scratch);
            for (int i = 0; i < theta.stride; i++) {
                moved.values[j * theta.stride + i] -= 2 * h;
            }
            model.addLogLikelihood(moved, rows, 0, 1, down, null, scratch);
            for (int i = 0; i < theta.stride; i++) {
                assertThat(score[j * theta.stride + i]).isCloseTo((up[i] - down[i]) / (2 * h), within(1e-7));
            }
        }
    }
}
