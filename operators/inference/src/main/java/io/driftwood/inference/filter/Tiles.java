package io.driftwood.inference.filter;

import io.driftwood.inference.particle.Particles;

/**
 * A population in tiles of {@link Weighing#TILE} particles, each copied out, moved, and copied back; a population of one tile is that tile and
 * is not copied. Owns the copy.
 */
final class Tiles {

    private Particles whole;
    private Particles tile;
    private Particles last;

    void open(Particles particles) {
        whole = particles;
        if (count() > 1 && (tile == null || tile.dimension != particles.dimension || last.size != sizeOfLast())) {
            tile = new Particles(Weighing.TILE, particles.dimension);
            last = new Particles(sizeOfLast(), particles.dimension);
        }
    }

    int count() { return (whole.size + Weighing.TILE - 1) / Weighing.TILE; }

    private int sizeOfLast() { return whole.size - (count() - 1) * Weighing.TILE; }

    Particles load(int t) {
        if (count() == 1) {
            return whole;
        }
        Particles out = at(t);
        for (int j = 0; j < whole.dimension; j++) {
            System.arraycopy(whole.values, j * whole.stride + t * Weighing.TILE, out.values, j * out.stride, out.stride);
        }
        return out;
    }

    void store(int t) {
        if (count() > 1) {
            Particles from = at(t);
            for (int j = 0; j < whole.dimension; j++) {
                System.arraycopy(from.values, j * from.stride, whole.values, j * whole.stride + t * Weighing.TILE, from.stride);
            }
        }
    }

    private Particles at(int t) { return t == count() - 1 ? last : tile; }
}
