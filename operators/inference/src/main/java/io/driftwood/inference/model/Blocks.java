package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/** Independent blocks of parameters: their space and their joint prior. */
public final class Blocks {

    private final Block[] blocks;
    private final Coordinates coordinates;

    public Blocks(List<Block> blocks) {
        this.blocks = blocks.toArray(Block[]::new);
        this.coordinates = new Coordinates(blocks.stream().map(Block::name).toList(),
                blocks.stream().map(Block::unit).toList(), blocks.stream().map(Block::bijector).toList());
    }

    public Coordinates space() { return coordinates; }

    /** Whether every block's prior is proper. */
    public boolean hasProperPrior() {
        for (Block block : blocks) {
            if (!block.prior().isProper()) {
                return false;
            }
        }
        return true;
    }

    /** Draws every particle from the joint prior; a block's random address is the position of its first column. */
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        int column = 0;
        for (Block block : blocks) {
            block.prior().sample(theta.values, column * theta.stride, theta.stride, theta.size, random, step, column, scratch);
            column += block.bijector().unconstrainedSize();
        }
        theta.pad();
    }

    /** See {@link Model#addLogPrior}. */
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int offset = 0;
        for (Block block : blocks) {
            block.prior().addLogDensity(theta.values, offset, theta.stride, logDensity, score, scratch);
            offset += block.bijector().unconstrainedSize() * theta.stride;
        }
    }

    /** See {@link Model#addPriorHessianVector}. */
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int offset = 0;
        for (Block block : blocks) {
            block.prior().addHessianVector(theta.values, offset, theta.stride, v, out, scratch);
            offset += block.bijector().unconstrainedSize() * theta.stride;
        }
    }
}
