package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two logistic regressions that are benchmarks of annealed inference, with N(0, 1) priors and features standardised by population sd:
 * their modes, found by Newton steps with the model's own score and Hessian, and Laplace evidences, against values computed independently (ionosphere:
 * also its mode).
 */
class LogisticRegressionOracleTest {

    private static final double[] IONOSPHERE_MODE = {
        0.16157686607053456, 2.2600426853004434, 0.0, 0.8004837188111638, -0.007648355559312226, 0.9993899438702127,
        0.9729814958188968, 0.5448198479497237, 1.0707945056151842, 0.6699515610858547, 0.1935660826986171, -0.6135342548682673,
        -0.18206085547635517, -0.0962716413292453, 0.30130463407480335, 0.6755574583572485, -0.423786288749876,
        0.09849806034440715, 0.5697064327010694, -0.8070751525720019, 0.011008169805218807, 0.0994707758037783,
        -1.3649047442676556, 0.8035650138629283, 0.4048466284862588, 0.6825204080888438, 0.18621615866113778,
        -1.3965192766714576, -0.07150907484505122, 0.5324340504106854, 0.9399212294581315, 0.5308170458345527,
        -0.17229348429170022, -0.37824277547316054, -0.8657044992460995};

    private final Scratch scratch = new Scratch();

    @TempDir
    Path folder;

    @Test
    void ionosphereHasItsModeAndLaplaceEvidence() throws Exception {
        Mode mode = mode("ionosphere.csv", 34);
        assertThat(mode.logDensity).isCloseTo(-107.42524134609644, within(1e-8));
        assertThat(mode.logLaplaceEvidence).isCloseTo(-112.605321, within(1e-6));
        for (int j = 0; j < IONOSPHERE_MODE.length; j++) {
            assertThat(mode.theta[j]).isCloseTo(IONOSPHERE_MODE[j], within(1e-6));
        }
    }

    @Test
    void sonarHasItsModeAndLaplaceEvidence() throws Exception {
        Mode mode = mode("sonar.csv", 60);
        assertThat(mode.logDensity).isCloseTo(-110.55497, within(5e-6));
        assertThat(mode.logLaplaceEvidence).isCloseTo(-111.4331, within(5e-5));
    }

    private record Mode(double[] theta, double logDensity, double logLaplaceEvidence) {}

    private Mode mode(String file, int features) throws Exception {
        Model model = model(file, features);
        Rows rows = TestData.encoded(file, model);
        int d = features + 1;
        DMatrixRMaj theta = new DMatrixRMaj(d, 1);
        DMatrixRMaj hessian = null;
        for (int iteration = 0; iteration < 20; iteration++) {
            hessian = hessian(model, rows, theta.data);
            DMatrixRMaj score = new DMatrixRMaj(d, 1);
            logDensity(model, rows, theta.data, score.data);
            DMatrixRMaj step = new DMatrixRMaj(d, 1);
            CommonOps_DDRM.solve(hessian, score, step);
            CommonOps_DDRM.subtractEquals(theta, step);
        }
        double logDensity = logDensity(model, rows, theta.data, new double[d]);
        CommonOps_DDRM.changeSign(hessian);
        double laplace = logDensity + 0.5 * d * Math.log(2 * Math.PI) - 0.5 * Math.log(CommonOps_DDRM.det(hessian));
        return new Mode(theta.data, logDensity, laplace);
    }

    private Model model(String file, int features) throws Exception {
        List<String> names = IntStream.rangeClosed(1, features).mapToObj(j -> "v" + j).toList();
        Path constants = folder.resolve("constants.csv");
        Standardisation.write(Standardisation.ofCsv(TestData.path(file), names), constants);
        return Models.CATALOGUE.build(Settings.of("type", "glm", "family", "bernoulli", "response", "label", "features", names,
                "intercept", true, "standardise", Settings.of("from", constants.toString()),
                "prior", Map.of("default", Settings.of("type", "normal", "mean", 0.0, "sd", 1.0))));
    }

    private double logDensity(Model model, Rows rows, double[] theta, double[] scoreOut) {
        Particles one = new Particles(1, theta.length);
        for (int j = 0; j < theta.length; j++) {
            one.set(j, 0, theta[j]);
        }
        one.pad();
        double[] density = new double[one.stride];
        double[] score = new double[one.length()];
        model.addLogPrior(one, density, score, scratch);
        model.addLogLikelihood(one, rows, 0, rows.count, density, score, scratch);
        for (int j = 0; j < theta.length; j++) {
            scoreOut[j] = score[j * one.stride];
        }
        return density[0];
    }

    /** d particles, all at theta; particle i is asked for the Hessian times unit vector i. */
    private DMatrixRMaj hessian(Model model, Rows rows, double[] theta) {
        int d = theta.length;
        Particles copies = new Particles(d, d);
        double[] v = new double[copies.length()];
        double[] out = new double[copies.length()];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < d; i++) {
                copies.set(j, i, theta[j]);
            }
            v[j * copies.stride + j] = 1;
        }
        copies.pad();
        model.addPriorHessianVector(copies, v, out, scratch);
        model.addLikelihoodHessianVector(copies, v, rows, 0, rows.count, out, scratch);
        DMatrixRMaj hessian = new DMatrixRMaj(d, d);
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < d; i++) {
                hessian.set(j, i, out[j * copies.stride + i]);
            }
        }
        return hessian;
    }
}
