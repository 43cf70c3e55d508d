package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.model.ParameterSpace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A linear-Gaussian model whose state remembers itself: z_t = (x_t, x_{t-1}, .., x_{t-L}), so that the filtered law of z_t holds the law of x_{t-L}
 * given y_1..y_t, exactly. Blocks from before the first record are 0.
 *
 * <p>Reference: [1] Anderson and Moore (1979), Optimal Filtering, section 7.3. Differs from [1]: nothing.
 */
public final class Lagged implements LinearGaussian {

    private final LinearGaussian model;
    private final int d;
    private final int size;
    private final ParameterSpace state;

    /** @param lag L, at least 1 */
    public Lagged(LinearGaussian model, int lag) {
        this.model = model;
        d = model.dimension();
        size = d * (lag + 1);
        state = States.real(IntStream.range(0, size).mapToObj(k -> model.state().parameters().get(k % d).name() + "." + k / d).toArray(String[]::new));
    }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return model.channels(); }

    @Override
    public List<String> inputs() { return model.inputs(); }

    @Override
    public void initial(double[] mean, double[] covariance) {
        double[] m = new double[d];
        double[] p = new double[d * d];
        model.initial(m, p);
        Arrays.fill(mean, 0);
        System.arraycopy(m, 0, mean, 0, d);
        enter(p, covariance);
    }

    @Override
    public void transition(Moment moment, double[] matrix, double[] shift) {
        double[] f = new double[d * d];
        double[] c = new double[d];
        model.transition(moment, f, c);
        Arrays.fill(shift, 0);
        System.arraycopy(c, 0, shift, 0, d);
        enter(f, matrix);
        for (int i = d; i < size; i++) {
            matrix[i * size + i - d] = 1;
        }
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) {
        double[] q = new double[d * d];
        model.transitionCovariance(moment, q);
        enter(q, covariance);
    }

    /** The block of x_t; all else is 0. */
    private void enter(double[] block, double[] matrix) {
        Arrays.fill(matrix, 0, size * size, 0.0);
        for (int i = 0; i < d; i++) {
            System.arraycopy(block, i * d, matrix, i * size, d);
        }
    }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        int channels = channels().size();
        double[] h = new double[channels * d];
        model.observation(moment, h, covariance);
        Arrays.fill(matrix, 0, channels * size, 0.0);
        for (int c = 0; c < channels; c++) {
            System.arraycopy(h, c * d, matrix, c * size, d);
        }
    }
}
