#pragma once
#include <stddef.h>
#include <stdint.h>

// Passes over the rows of a square matrix of distances that is stored as `SquareDistances` says: rows
// aligned to 64 bytes, `blocks` times 16 floats each, +∞ on the diagonal and in the padding.
//
// Lengths are float32 numbers ≥ +0 given by their bits as int32, which are ordered like the numbers.
// An edge is (i, j) with i > j; edges are ordered by length, then i, then j. A row of bits has one bit
// a vertex in 64-bit words, as many as cover the row of floats.

enum { kernel_near_count = 16, kernel_tile_width = 128 };

/// Sixteen other vertices close to the vertex of a row, ascending by length; +∞ where there are fewer.
///
/// They are the nearest of each residue class modulo 16: cheap to find, close to the true ones.
void kernel_near_vertices(const float *_Nonnull row, size_t blocks,
                          int32_t lengths[_Nonnull kernel_near_count],
                          int32_t vertices[_Nonnull kernel_near_count]);

/// The columns j < i of the tile that starts at `start` whose edge (i, j) is not longer than
/// `threshold` and has none of the near vertices of i in its lune: a bit each. Those of all vertices are
/// given.
void kernel_without_near_vertex(const float *_Nonnull base, size_t blocks, size_t i, size_t start,
                                int32_t threshold, const int32_t *_Nonnull near_lengths,
                                const int32_t *_Nonnull near_vertices,
                                uint64_t columns[_Nonnull kernel_tile_width / 64]);

/// The smallest w in the lune of the edge (i, j), or −1; its two rows of distances are given.
ptrdiff_t kernel_lune_first(const float *_Nonnull row_i, const float *_Nonnull row_j, size_t blocks,
                            size_t i, size_t j);

/// The smallest w in the lune of the edge (i, j) whose bits in the two rows of bits, added to each other
/// and to `flip`, give 1; or −1.
ptrdiff_t kernel_lune_first_odd(const float *_Nonnull row_i, const float *_Nonnull row_j,
                                size_t blocks, size_t i, size_t j, const uint64_t *_Nonnull bits_i,
                                const uint64_t *_Nonnull bits_j, int flip);

/// The triangles (i, j, w) whose longer side at w has a length from `low` to `high` and is not marked.
///
/// `found` gets 2 w + 1 where that side is (i, w) and 2 w where it is (j, w), `marks` being rows of
/// bits of sides already known; it has room for a number a vertex. `next` is lowered to the shortest
/// longer side above `high`.
size_t kernel_longer_sides(const float *_Nonnull row_i, const float *_Nonnull row_j, size_t blocks,
                           int32_t low, int32_t high, const uint64_t *_Nonnull marks_i,
                           const uint64_t *_Nonnull marks_j, uint32_t *_Nonnull found,
                           int32_t *_Nonnull next);

/// A step of Prim's algorithm: `vertex` has just joined the tree, whose vertices have `tree` +∞ and
/// others −∞. Lowers the others' `lengths` to the tree and sets `parents`; returns the nearest of them.
size_t kernel_prim_step(const float *_Nonnull row, size_t blocks, size_t vertex,
                        const float *_Nonnull tree, float *_Nonnull lengths,
                        int32_t *_Nonnull parents);
