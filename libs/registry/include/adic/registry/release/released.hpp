#pragma once

#include <utility>

namespace adic::registry {

/// A `T` from which everything that the reader may not see has been taken out.
///
/// Only ReleaseGate makes one, so a function that takes Released<T> cannot be handed raw records.
template <typename T>
class Released {
  public:
    const T& operator*() const& { return value_; }

    T operator*() && { return std::move(value_); }

    const T* operator->() const { return &value_; }

  private:
    friend class ReleaseGate;

    explicit Released(T value) : value_(std::move(value)) {}

    T value_;
};

}  // namespace adic::registry
