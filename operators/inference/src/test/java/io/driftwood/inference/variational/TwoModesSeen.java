package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Bridged;

/** On the line, two normals of equal weight and standard deviation, and the ratio a normal likelihood of one observation. */
record TwoModesSeen(double[] mean, double sd, double observed, double noise) implements Bridged {

    @Override
    public int dimension() { return 1; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, double[] logRatio, double[] ratioScore, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            double total = 0;
            double slope = 0;
            for (double m : mean) {
                double z = (x.values[i] - m) / sd;
                double density = Math.exp(-z * z / 2) / (mean.length * sd * Math.sqrt(2 * Math.PI));
                total += density;
                slope -= density * z / sd;
            }
            logDensity[i] = Math.log(total);
            score[i] = slope / total;
            double miss = (observed - x.values[i]) / noise;
            logRatio[i] = -miss * miss / 2 - Math.log(noise * Math.sqrt(2 * Math.PI));
            ratioScore[i] = miss / noise;
        }
    }
}
