package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/** A coupling layer as a step: deterministic, its log-determinant goes to the weight. Needs no score where it begins; momenta pass. */
final class CouplingStep implements Dynamics {

    @Override
    public boolean hasMomentum() { return false; }

    @Override
    public boolean scoresBeginning() { return false; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        leg.flow.forward(leg.layer, leg.from.values, leg.to.values, leg.stride, logWeight, scratch);
        System.arraycopy(leg.fromMomentum, 0, leg.toMomentum, 0, leg.length());
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        bar.settle(leg, leg.to, leg.toScore, scratch);
        leg.flow.reverse(leg.layer, leg.from.values, bar.position, leg.stride, leg.size, bar.share, scratch);
    }
}
