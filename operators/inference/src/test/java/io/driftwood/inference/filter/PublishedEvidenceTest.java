package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Evidence of two series with ten missing in their middle, whose data are not part of this repository: whoever asks for the tests names their files. Estimates
 * of p(y) that are unbiased are averaged over runs, and the logarithm of the mean is asked to be within 3 of its standard errors, those of the
 * reference included; seeds are fixed.
 */
@Tag("data-of-others")
class PublishedEvidenceTest {

    /** By 100 bootstrap filters of 200,000 particles, written by others; its standard error. */
    private static final double LORENZ = -29.2053;
    private static final double LORENZ_ERROR = 0.0025;
    /** By quadrature over both scales, the path integrated in closed form. */
    private static final double BROWNIAN = 1.187749103;

    private static double[] series(String property, String what) throws IOException {
        String file = System.getProperty(property, "");
        assertThat(file).as("-D%s=FILE: the observations of Inference Gym's %s, a CSV file whose last column is y, empty where missing; an absolute path",
                property, what).isNotEmpty();
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.subList(1, lines.size()).stream().map(line -> line.substring(line.lastIndexOf(',') + 1))
                .mapToDouble(field -> field.isBlank() ? Double.NaN : Double.parseDouble(field)).toArray();
    }

    private static void expect(String name, Filter filter, double[] series, int runs, double exact, double error, double mostError) {
        double[] ratio = new double[runs];
        for (int seed = 0; seed < runs; seed++) {
            ratio[seed] = Math.exp(new Run(filter, seed).feedAll(series).state.logEvidence - exact);
        }
        double mean = Arrays.stream(ratio).average().orElseThrow();
        double variance = Arrays.stream(ratio).map(r -> (r - mean) * (r - mean)).sum() / (runs - 1);
        double standardError = Math.sqrt(variance / runs) / mean;
        assertThat(standardError).isLessThan(mostError);
        assertThat(Math.log(mean)).isCloseTo(0, within(3 * Math.hypot(standardError, error)));
    }

    private static Filter filter(String type, StateSpaceModel model, int particles) {
        Settings settings = Settings.of("type", type, "state-particles", 64L, "most-state-particles", 1024L, "moves", 3L);
        return Filters.CATALOGUE.build(settings).with(model, Run.setup(model, particles, new SystematicResampler()));
    }

    @Test
    void lorenz_byBootstrap() throws IOException {
        StateSpaceModel model = Run.model("lorenz", "response", "y");
        double[] series = series("driftwood.lorenz", "convection-Lorenz bridge");
        expect("Lorenz, bootstrap", filter("bootstrap", model, 100_000), series, 100, LORENZ, LORENZ_ERROR, 0.006);
    }

    @Test
    void lorenz_byTheLocallyOptimalProposal() throws IOException {
        StateSpaceModel model = Run.model("lorenz", "response", "y");
        double[] series = series("driftwood.lorenz", "convection-Lorenz bridge");
        expect("Lorenz, guided", filter("guided", model, 50_000), series, 50, LORENZ, LORENZ_ERROR, 0.012);
    }

    @Test
    void brownian_bySmcSquared() throws IOException {
        double[] series = series("driftwood.brownian", "Brownian motion with unknown scales");
        expect("Brownian, SMC squared", filter("smc-squared", brownian(), 1000), series, 30, BROWNIAN, 0, 0.05);
    }

    @Test
    void brownian_byRaoBlackwellisation() throws IOException {
        double[] series = series("driftwood.brownian", "Brownian motion with unknown scales");
        expect("Brownian, Rao-Blackwellised", filter("rao-blackwellised", brownian(), 20_000), series, 20, BROWNIAN, 0, 0.05);
    }

    private static StateSpaceModel brownian() { return Run.model("brownian", "response", "y", "prior-sd", 2.0); }
}
