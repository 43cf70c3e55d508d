package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GeometricBridge;
import io.driftwood.inference.target.Target;

/** From a normalised reference q0 to an unnormalised target along the geometric bridge: u = log p - log q0, and the evidence of the whole path is the target's normaliser. */
public final class ReferencePath implements Path {

    private final GeometricBridge bridge;

    public ReferencePath(Target reference, Target target) { this.bridge = new GeometricBridge(reference, target); }

    @Override
    public void logRatio(Particles x, double[] out, Scratch scratch) { bridge.logRatio(x, out, scratch); }

    @Override
    public Target at(double beta) { return bridge.at(beta); }
}
