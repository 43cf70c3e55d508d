package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/** The layers of a {@link ScoreNetwork} at some of the paths, as columns of {@code lanes}: what goes in, what comes out, and what the adjoint needs of what is between. */
final class NetworkPass {

    private final ScoreNetwork network;
    final int lanes;
    private int bridge = -1;
    private final double[] x;
    private final double[] slope1;
    private final double[] h1;
    private final double[] slope2;
    private final double[] h2;
    /** W3 h2 + b3. */
    final double[] out;

    NetworkPass(ScoreNetwork network, int lanes) {
        int length = network.width * lanes;
        this.network = network;
        this.lanes = lanes;
        this.x = new double[length];
        this.slope1 = new double[length];
        this.h1 = new double[length];
        this.slope2 = new double[length];
        this.h2 = new double[length];
        this.out = new double[network.dimension * lanes];
    }

    /** Whether this is where it was run, to the bit. */
    boolean isAt(int thisBridge, double[] position, double[] rho, int stride, int lane) {
        return bridge == thisBridge && Columns.isBlock(position, stride, lane, x, 0, lanes, network.dimension)
                && (!network.momentum || Columns.isBlock(rho, stride, lane, x, network.dimension, lanes, network.dimension));
    }

    void run(int thisBridge, double[] position, double[] rho, int stride, int lane) {
        bridge = thisBridge;
        Columns.copyBlock(position, stride, lane, x, 0, lanes, network.dimension);
        if (network.momentum) {
            Columns.copyBlock(rho, stride, lane, x, network.dimension, lanes, network.dimension);
        }
        network.embed(bridge, x, lanes);
        residual(network.first, x, slope1, h1);
        residual(network.second, h1, slope2, h2);
        network.last.apply(h2, out, lanes);
    }

    /** h = in + softplus(W in + b), and the slope of the softplus. */
    private void residual(Dense layer, double[] in, double[] slope, double[] h) {
        layer.apply(in, slope, lanes);
        LaneMath.get().softplusAndSigmoid(slope, 0, h, 0, slope, 0, slope.length);
        LaneMath.get().axpy(1, in, 0, h, 0, h.length);
    }

    /** From the cotangent of {@link #out} to that of x, which is returned; the layers gather their gradients. */
    double[] reverse(double[] outBar, int counted, double[] share, int lane, Scratch scratch) {
        double[] bar = scratch.take(x.length);
        double[] inner = scratch.take(x.length);
        Arrays.fill(bar, 0, x.length, 0);
        network.last.reverse(outBar, h2, bar, lanes, counted, share, lane);
        times(bar, slope2, inner);
        network.second.reverse(inner, h1, bar, lanes, counted, share, lane);
        times(bar, slope1, inner);
        network.first.reverse(inner, x, bar, lanes, counted, share, lane);
        return bar;
    }

    /** The cotangent of W in + b. */
    private static void times(double[] bar, double[] slope, double[] inner) {
        for (int i = 0; i < slope.length; i++) {
            inner[i] = bar[i] * slope[i];
        }
    }
}
