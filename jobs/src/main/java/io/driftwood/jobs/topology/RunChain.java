package io.driftwood.jobs.topology;

import org.apache.flink.api.common.functions.RichMapFunction;

/** Runs the sampler for one chain after the other. */
final class RunChain extends RichMapFunction<Long, byte[]> {

    private static final long serialVersionUID = 1;

    private final SampleRecipe recipe;

    RunChain(SampleRecipe recipe) {
        this.recipe = recipe;
    }

    @Override
    public byte[] map(Long chain) {
        long begin = System.nanoTime();
        int number = Math.toIntExact(chain);
        return new ChainRun(number, recipe.run(number), (System.nanoTime() - begin) / 1e9).toBytes();
    }
}
