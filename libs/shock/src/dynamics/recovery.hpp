#pragma once

#include <algorithm>

namespace adic::shock {

/// With everything whole an economy only recovers. One that falls by a twentieth of its usual
/// output, or makes no more after a month than on the first day, goes down by the equations alone.
class Recovery {
  public:
    /// To be asked day by day.
    bool has_failed(bool is_whole, double output, double usual) {
        constexpr double part = 0.05;
        constexpr int month = 30;
        if (!is_whole) {
            days_ = 0;
            return false;
        }
        first_ = days_ == 0 ? output : first_;
        most_ = days_ == 0 ? output : std::max(most_, std::min(output, usual));
        ++days_;
        const bool is_low = output < (1.0 - part) * usual;
        return is_low && (output < most_ - part * usual || (days_ > month && output <= first_));
    }

  private:
    int days_ = 0;
    double first_ = 0.0;
    double most_ = 0.0;
};

}  // namespace adic::shock
