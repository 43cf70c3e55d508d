package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.denoise.function.Preconditioning;

/** Denoising score matching in the frame of a fitted function: what it is shown, and what it has to hit. */
final class Fitting {

    private Fitting() {}

    /** x seen through noise of this scale, in one lane: the place c_in (y - m), and the target (x - m - c_skip (y - m)) / c_out. */
    static void example(Preconditioning frame, double sigma, double[] x, double[] noise, int stride, int lane, double[] places, double[] targets) {
        double variance = sigma * sigma;
        double in = frame.in(variance);
        double skip = frame.skip(variance);
        double out = frame.out(variance);
        for (int j = 0; j < x.length; j++) {
            int at = j * stride + lane;
            double clean = x[j] - frame.mean()[j];
            double noisy = clean + sigma * noise[at];
            places[at] = in * noisy;
            targets[at] = (clean - skip * noisy) / out;
        }
    }
}
