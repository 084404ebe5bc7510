#pragma once

#include <array>
#include <string_view>

namespace adic {

/// What the program can say of a case: the code that names it, and its English, with the values at
/// their places. A place is a name, or a name and its kind: what a page writes as its reader's
/// language does (`number`, `amount`, `percent`, `day`, `state`, `item`, `paper`), or a choice
/// (`plural`, `select`) as ICU messages have it; its branch `none` is for a value not there.
struct Saying {
    std::string_view code;
    std::string_view english;
};

/// All of them. The messages of the browser application have each code in all its languages
/// (web/src/messages, said.json), with the same places: a test holds them to this table.
inline constexpr std::array sayings{
    // Projects, and what demands have in common.
    Saying{"asks-to-join", "{state, state} joins: the lead approves it or says why not"},
    Saying{"has-not-joined", "{state, state} is approved and has not said that it joins"},
    Saying{"quantity-unknown", "{state, state} is a member whose quantity is not known"},
    Saying{"no-parties", "{kind, paper} '{paper}' names no parties"},
    Saying{
        "waits-for-signature",
        "{kind, paper} '{paper}' waits for the signature of {states, state}"},
    Saying{"no-answer", "'{requirement}' has no answer of {states, state}"},
    Saying{"must-refused", "'{requirement}' is a must that a member cannot accept"},
    Saying{"too-few-members", "fewer than two members are known: it is not bought together"},
    Saying{"called-off-too-much", "more is called off under '{paper}' than it has"},
    Saying{"next-paper", "the next paper is a {kind, paper}"},
    Saying{"same-item-by-name", "the same item by its name"},
    Saying{"same-item", "the same item: {item}"},
    Saying{"same-nsn", "the same stock number {code}"},
    Saying{"same-unspsc", "the same UNSPSC code {code}"},
    Saying{
        "same-unspsc-and-standard",
        "the same UNSPSC code {code}, and {standard} that both have to meet"},
    Saying{"same-hs", "the same HS code {code}"},
    Saying{
        "same-hs-and-standard",
        "the same HS code {code}, and {standard} that both have to meet"},
    Saying{"same-class", "the same class {code}"},
    Saying{
        "same-class-and-standard",
        "the same class {code}, and {standard} that both have to meet"},
    Saying{"same-chain", "one replaces the other: chain of {item}"},
    Saying{"also-has-to-meet", "it also has to meet {standards}"},
    Saying{"does-not-ask-for", "it does not ask for {standards}"},
    Saying{"another-variant", "another variant: {variant}"},
    Saying{"no-common-standard", "no standard that both have to meet says that one would do"},
    Saying{"time-unknown", "when it is wanted is not known"},
    Saying{"ends-before-it-begins", "it ends before it begins"},
    Saying{"begins-too-late", "it begins on {begins, day}, after {last, day}"},
    Saying{"ends-too-soon", "it ends on {ends, day}, before {first, day}"},
    Saying{"asked-at-another-time", "it is asked for at another time"},
    // A purchase: the plan, and what it has to keep.
    Saying{
        "award-cheapest",
        "The plan costs {total, amount}: pieces {pieces, amount}, orders {orders, "
        "amount}, suppliers {suppliers, amount}, storage {storage, amount}. No plan costs "
        "less than {bound, amount}: it is the cheapest."},
    Saying{
        "award-within",
        "The plan costs {total, amount}: pieces {pieces, amount}, orders {orders, "
        "amount}, suppliers {suppliers, amount}, storage {storage, amount}. No plan costs "
        "less than {bound, amount} (gap {gap, percent})."},
    Saying{
        "award-without-rule",
        "What the plan would cost without a rule is only said of a plan that is proven to "
        "be the cheapest, of a purchase that is not solved in parts for its size."},
    Saying{
        "award-quotes",
        "With the order's fixed cost, and spare pieces where lots or least orders ask for "
        "them; not known where its capacity in a year is too small."},
    Saying{
        "award-exposed",
        "What nobody recorded counts as exposed: a cap that trusts it would be none."},
    Saying{
        "award-out-of-time",
        "The clock stopped the search: another run, or more time, may find another plan."},
    Saying{"award-conflict", "No plan keeps all demands. These conflict:"},
    Saying{"award-conflict-least", "Without any one of them, the others can be kept."},
    Saying{
        "award-conflict-open",
        "The clock stopped the search: fewer of them may conflict already."},
    Saying{
        "award-none-in-time",
        "No plan was found in the time that it may take. None costs less than {bound, "
        "amount}."},
    Saying{"demand-needs", "{state, state} needs {pieces, number} of {item} in {year}"},
    Saying{
        "demand-budget",
        "{state, state} pays at most {amount, amount}{year, select, none {} other { in "
        "{year}}}"},
    Saying{
        "demand-veto",
        "{state, select, none {nobody takes} other {{state, state} takes no}} {item, "
        "select, none {pieces} other {{item}}} from {supplier}"},
    Saying{
        "demand-least-suppliers",
        "{item} comes from at least {suppliers, number} suppliers{year, select, none {} "
        "other { in {year}}}"},
    Saying{
        "demand-most-share",
        "{supplier, select, none {{bloc, select, none {any one supplier} other {the "
        "suppliers of bloc {bloc}}}} other {supplier {supplier}}} gets at most {share, "
        "percent} of {item, select, none {what is paid{state, select, none {} other { for "
        "{state, state}}}} other {the {item} that are needed}}{year, select, none {} "
        "other { in {year}}}"},
    Saying{
        "demand-least-content",
        "at least {share, percent} of what is paid{item, select, none {} other { for "
        "{item}}}{state, select, none {} other { for {state, state}}}{year, select, none "
        "{} other { in {year}}} is earned in {place, state}"},
    Saying{
        "demand-most-exposure",
        "at most {share, percent} of what is paid{item, select, none {} other { for "
        "{item}}}{state, select, none {} other { for {state, state}}}{year, select, none "
        "{} other { in {year}}} is exposed to measures of third states"},
    Saying{
        "demand-offer-capacity",
        "{supplier} delivers at most {pieces, number} of {item} in a year"},
    Saying{"demand-least-order", "{supplier} takes orders from {pieces, number} of {item} on"},
    Saying{"demand-lead-time", "{supplier} delivers {item} from {year} on"},
    Saying{"demand-supplier-capacity", "{supplier} has a capacity of {capacity, number} in a year"},
    Saying{"demand-all-rules", "all {rules, number} rules together"},
    // A cost that is shared.
    Saying{
        "share-saved",
        "{states, number} states pay {together, amount} together and {apart, amount} "
        "apart: {saved, amount} saved{part, select, none {} other {, {part, percent}}}."},
    Saying{"share-prenucleolus", "The prenucleolus is the nucleolus here."},
    Saying{
        "share-no-core",
        "There is no core: however it is shared, some set of states would save at least "
        "{saved, amount} by itself."},
    Saying{
        "share-large-buyers",
        "{states, state} brings more than 38 % of the volume: by the equal price its own "
        "gain falls as it brings more. Look at the other rules."},
    Saying{"share-on-likely", "It is shared on what is likely."},
    Saying{
        "share-sampled",
        "Not all sets of so many states can be looked at: the Shapley value is sampled, "
        "and there is no nucleolus and no list of objections."},
    Saying{"share-proof-holds", "Checked by exact arithmetic from the game alone: it holds."},
    Saying{"share-proof-fails", "The check from the game alone does not hold."},
    Saying{
        "split-by-module",
        "Split by module, each module on one line for all, the work is shared and the "
        "saving stays."},
    Saying{"amounts-in", "Amounts are in {currency}."},
    Saying{"amounts-exchanged", "Amounts are in {currency}; exchanged at {rates}, by {source}."},
    Saying{"single-supplier", "There may be a single supplier: it can walk away from the group."},
    // Red flags.
    Saying{
        "flags-judged",
        "{processes, number} processes: {with_bids, number} with bids; {cancelled, "
        "number} cancelled and {passed_over, number} passed over were not judged."},
    Saying{
        "flags-currency",
        "Prices are compared in {currency}; {left_out, number} comparisons in another "
        "currency were left out."},
    Saying{
        "flags-repeated",
        "{processes, number} processes stand on more than one line, and each was judged "
        "alone: compile the releases of a process first."},
    Saying{"flags-fair", "A flag is a reason to look at a process, not a finding against anybody."},
    Saying{"flags-more", "{more, number} more: --format csv has all."},
    Saying{
        "flag-few-days",
        "{opens, day} to {closes, day}: {days, number} days, less than {least, number}"},
    Saying{"flag-one-tenderer", "1 tenderer, method {method}"},
    Saying{"flag-late-bid", "deadline {closes, day}; bid of {tenderer} {days, number} days later"},
    Saying{
        "flag-one-left",
        "{tenderers, plural, one {# tenderer was} other {# tenderers were}} disqualified, "
        "only {left} was left and won"},
    Saying{"flag-same-price", "{bids, number} bids at {currency} {price, amount}"},
    Saying{
        "flag-processes",
        "in {processes}{more, select, none {} other { and {more, number} more}}"},
    Saying{"flag-disqualified", "{part, number} of {whole, number} bids disqualified"},
    Saying{
        "flag-lowest-lost",
        "{tenderer, select, none {bid} other {{tenderer}}} at {currency} {price, amount} "
        "disqualified; lowest valid {valid, amount}"},
    Saying{
        "flag-price-gap",
        "{winner} won at {currency} {price, amount}, {second} bid {second_price, amount}"},
    Saying{"flag-won", "won {part, number} of {whole, number} processes"},
    Saying{"flag-kinds", "{kinds, number} kinds of item in {processes, number} processes"},
    // Return, offsets, origin, and savings that were realised.
    Saying{
        "return-asked",
        "Geographic return from {first} to {last}; floor {floor, number}, cap {cap, "
        "number}."},
    Saying{
        "return-no-contribution",
        "No coefficient for {states, state}: work without a contribution in these years. "
        "The others' share of the work is smaller by it."},
    Saying{
        "return-no-work",
        "No weighted work was placed in these years: no state has a coefficient yet."},
    Saying{
        "return-meaning",
        "1 is a share of the work like that of the contributions. The balance is the "
        "weighted work above that share, over all programmes; balances sum to 0."},
    Saying{"offset-day", "At the end of {day, day}."},
    Saying{"offset-exchanged", "{line}: {rates}."},
    Saying{
        "offset-meaning",
        "The real ratio is what reached the state for each unit of the contract. Credit "
        "is that times the multipliers of a policy; it measures what a policy rewards, "
        "not what was gained."},
    Saying{
        "origin-fewest",
        "fewest: the prices from inside that are given do not suffice, so the fewest "
        "materials are named, at the price that they have."},
    Saying{
        "origin-no-materials",
        "'{product}' has no materials: the rule {rule} says nothing of it."},
    Saying{
        "realised-currency",
        "In {currency}. Savings are at the exchange rates and prices of the plan."},
    Saying{"realised-exchanged", "{purchase}: planned at {planned}; paid at {paid}."},
    Saying{
        "realised-low-claims",
        "The sum of low claims is lower than the low claim of the sum: lines do not all "
        "go wrong together."},
    // Shocks: what happens, and what is to be known of it.
    Saying{"cause-first", "In week {week, number} {item, item} is at {output, percent}"},
    Saying{"cause-next", "because {item, item} was at {output, percent} in week {week, number}"},
    Saying{"cause-supply", "because its suppliers give too little"},
    Saying{"cause-equipment", "because its equipment is worn and not replaced"},
    Saying{
        "event-no-state",
        "event '{event}': '{name}' is no state or bloc of the map{nearest, select, none "
        "{} other {; did you mean '{nearest}'?}}"},
    Saying{
        "event-no-organisation",
        "event '{event}': '{name}' is no organisation of the map{nearest, select, none {} "
        "other {; did you mean '{nearest}'?}}"},
    Saying{
        "event-no-item",
        "event '{event}': '{name}' is no item of the map{nearest, select, none {} other "
        "{; did you mean '{nearest}'?}}"},
    Saying{
        "event-no-chokepoint",
        "event '{event}': '{name}' is no chokepoint of the sea routes{nearest, select, "
        "none {} other {; did you mean '{nearest}'?}}"},
    Saying{"event-no-route", "event '{event}': the chokepoint '{name}' is on no sea route"},
    Saying{
        "event-no-listed-item",
        "event '{event}': no item of the map is on its list{list, select, none {} other { "
        "({list})}}"},
    Saying{"event-no-code", "event '{event}': no item of the map has a code {codes}"},
    Saying{
        "event-passed-over",
        "event '{event}': {what, select, destination {destination} exempt {exempt} other "
        "{route end}} {names, state} is no state or bloc of the map, and was passed over"},
    Saying{"event-no-stock", "event '{event}': no stock of the map has such a holder and item"},
    Saying{
        "event-no-supply",
        "event '{event}': no supply of the map has such an origin, supplier and item"},
    Saying{
        "event-touches-nothing",
        "event '{event}' touches nothing: {rows, number} rows of the map fit its target, "
        "but none of them reaches {viewpoint, state} by the ways or destinations that it "
        "names"},
    Saying{
        "event-no-origin",
        "event '{event}': {supplies, number} supplies of its items have no origin, and "
        "were taken as not reached"},
    Saying{
        "event-no-way",
        "event '{event}': no way by sea is recorded for {places}; taken as not passing a "
        "chokepoint"},
    Saying{
        "stock-not-in-days",
        "A stock of {item, item} is in '{unit}', not in days of normal use, and is not "
        "counted."},
    Saying{
        "shock-asked",
        "{scenario, select, none {The hazards that the map records} other {{scenario}}}, "
        "seen with {viewpoint, state} inside, {weeks, number} weeks."},
    Saying{
        "shock-collapse",
        "These go down by themselves, without the scenario's help, so that the "
        "assumptions speak and not the shock: {items, item}."},
    Saying{
        "futures-run",
        "{runs, number} futures; intervals hold in {cases, number} of 100 cases.{equal, "
        "select, none {} other { With the weights of rare events they say as much as "
        "{equal, number} of equal weight.}}"},
    Saying{
        "hazards-confidence",
        "Every figure above rests on the map's hazards, of confidence {confidence} at the "
        "weakest; A is a checked record, D a judgement, E unverified."},
    // Remedies.
    Saying{"remedy-stockpile", "{weeks, number} weeks of {item, item} in store"},
    Saying{"remedy-second-source", "{part, percent} of {item, item} from a second source"},
    Saying{"remedy-capacity", "{part, percent} more capacity for {item, item}"},
    Saying{"remedy-recycling", "{part, percent} of {item, item} won back"},
    Saying{"remedy-substitution", "{other, item} for {part, percent} of {item, item}"},
    Saying{"remedy-redesign", "{part, percent} of {item, item} made without {other, item}"},
    Saying{
        "remedies-confidence",
        "Costs, delays and effects are of confidence {confidence} at the weakest; A is a "
        "checked record, D a judgement, E unverified."},
    Saying{
        "remedies-without",
        "Without remedies {weeks, number} weeks of output are lost on average, in "
        "{futures, number} futures."},
    Saying{
        "remedies-first",
        "{first} avoids more per million than {second} with a confidence of {confidence, "
        "percent}."},
    Saying{
        "remedies-proof",
        "{gap, select, none {No list for the budget avoids more; {lists, number} were "
        "followed} other {After {lists, number} lists it is not ruled out that another "
        "avoids more: at most {gap, percent} of what could be avoided is "
        "missed}}{compared, select, none {.} other {. This holds if no further remedy "
        "ever makes things worse, which cannot be proven with choices: of {compared, "
        "number} pairs of lists that were compared {rise, select, none {none did} other "
        "{the worst rose by {rise, number} weeks}}.}}"},
    Saying{
        "remedies-together",
        "Acting together avoids {likely, number} weeks more for the average state than if "
        "each spends its part of the budget alone ({low, number} to {high, number}). It "
        "does nothing against a shock that hits all at once beyond what the list holds: a "
        "stockpile of eight weeks lasts eight."},
    Saying{"remedies-nothing-lost", "Nothing is lost, so nothing needs to be bought."},
    Saying{"budget-binds", "The budget binds: twice as much avoids {weeks, number} more weeks."},
    Saying{"budget-does-not-bind", "The budget does not bind: twice as much avoids no more."},
    Saying{
        "remedy-too-late",
        "{remedy} comes too late: after {delay, number} weeks it avoids nothing; on the "
        "first day it would avoid {avoided, number}."},
    Saying{
        "remedy-only-together",
        "{remedy} helps only together with others: something else is short as well."},
    Saying{"remedy-at-limit", "{remedy} is bought to its limit"},
    Saying{
        "remedy-none-about",
        "No remedy of the file is about {item, item}, to which {part, percent} of what is "
        "still lost goes back."},
};

}  // namespace adic
