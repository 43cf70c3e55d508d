package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.model.Coordinates;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.Quantity;
import java.util.List;
import java.util.stream.IntStream;

/** Names of the unknowns, and what summaries tell of them. */
final class Unknowns {

    /** The name of an unknown scale of noise. */
    static final String NOISE_SCALE = "noise-scale";

    private Unknowns() {}

    static List<String> coordinates(int dimension) { return IntStream.rangeClosed(1, dimension).mapToObj(j -> "x[" + j + "]").toList(); }

    /** Unknowns are read as they are. */
    static ParameterSpace space(List<String> names) {
        return new Coordinates(names, names.stream().map(name -> "").toList(), names.stream().map(name -> new Identity()).toList());
    }

    /**
     * Every coordinate of a mixture of normals, with exact quantiles.
     *
     * @param names of the coordinates at least
     * @param means of component k at [k*d + j], as {@code variances}; both are read where quantiles are wanted only
     */
    static Quantity[] ofMixture(List<String> names, Denoised answer, MixtureQuantiles quantiles, double[] weights, int count, double[] means,
            double[] variances, Scratch scratch) {
        int d = answer.mean.length;
        Quantity[] out = new Quantity[names.size()];
        for (int j = 0; j < d; j++) {
            double sd = answer.sd(j);
            double[] at = quantiles.newResult();
            if (quantiles.wanted()) {
                quantiles.at(weights, count, means, variances, j, d, answer.mean[j], sd, at, scratch);
            }
            out[j] = new Quantity(names.get(j), answer.mean[j], sd, at);
        }
        return out;
    }
}
