package io.driftwood.inference.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownNoiseTest {

    private final Scratch scratch = new Scratch();

    /** Michelson's speeds of light of 1879 with s^2 ~ InverseGamma(2, 12800) and x | s ~ N(700, s^2 / 0.1); numbers from an independent implementation. */
    @Test
    void michelson_isExact() throws IOException, URISyntaxException {
        List<String> lines = Files.readAllLines(Path.of(getClass().getResource("/data/michelson_morley_1879.csv").toURI()));
        UnknownNoise denoiser = new UnknownNoise(new double[] {700}, 0.1, 2, 12_800);
        DenoisingState state = denoiser.newState();
        double sum = 0;
        for (String line : lines.subList(1, lines.size())) {
            double speed = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            sum += denoiser.step(state, new double[] {speed}, new double[] {1}, denoiser.newState(), scratch);
        }
        UnknownNoise.Answer answer = denoiser.answer(state, scratch);
        assertThat(sum).isCloseTo(-583.6609451931357, within(1e-8));
        assertThat(answer.logEvidence()).isCloseTo(-583.6609451931357, within(1e-8));
        assertThat(answer.mean()[0]).isCloseTo(852.2477522477523, within(1e-9));
        assertThat(Math.sqrt(answer.variances()[0])).isCloseTo(7.95390492818556, within(1e-9));
        assertThat(answer.noiseVariance()).isCloseTo(6332.786821022115, within(1e-6));
        assertThat(answer.shape()).isEqualTo(52);
        assertThat(answer.rate()).isCloseTo(322972.12787212786, within(1e-5));
    }

    /** Two coordinates, one missing once, with relative scales: the evidence is the integral over s of that of known noise. */
    @Test
    void relativeScalesAndMissing_agreeWithQuadratureOverTheNoise() {
        double[][] rows = {{1.0, -0.5}, {Double.NaN, 0.7}, {2.2, 0.1}};
        double[][] scales = {{1, 2}, {1, 0.5}, {0.7, 1}};
        UnknownNoise denoiser = new UnknownNoise(new double[] {0.5, 0}, 0.4, 3, 2);
        DenoisingState state = denoiser.newState();
        for (int i = 0; i < rows.length; i++) {
            denoiser.step(state, rows[i], scales[i], denoiser.newState(), scratch);
        }
        double evidence = 0;
        double firstMoment = 0;
        for (double t = -8; t < 8; t += 0.002) {
            double variance = Math.exp(t);
            double s = Math.sqrt(variance);
            StreamingDenoiser known = new StreamingDenoiser(DiagonalPrior.gaussian(new double[] {0.5, 0}, new double[] {s / Math.sqrt(0.4), s / Math.sqrt(0.4)}), Channel.NORMAL, 1);
            DenoisingState own = known.newState();
            Denoised out = known.newAnswer();
            for (int i = 0; i < rows.length; i++) {
                known.step(own, rows[i], new double[] {s * scales[i][0], s * scales[i][1]}, known.newState(), out, scratch);
            }
            // InverseGamma(3, 2) in t = log s^2: 2^3 / Gamma(3) e^(-3t - 2 e^-t)
            double weight = 0.002 * 4 * Math.exp(-3 * t - 2 * Math.exp(-t) + out.logEvidence);
            evidence += weight;
            firstMoment += weight * variance;
        }
        UnknownNoise.Answer answer = denoiser.answer(state, scratch);
        assertThat(answer.logEvidence()).isCloseTo(Math.log(evidence), within(1e-9));
        assertThat(answer.noiseVariance()).isCloseTo(firstMoment / evidence, within(1e-6));
    }
}
