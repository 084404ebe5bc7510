#include "adic/cli/program.hpp"

#include "list_commands.hpp"

#include <sstream>

#include <gmock/gmock.h>

namespace adic::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Said {
    int code;
    std::string out;
    std::string err;
};

Said say(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{out, err};
    const int code = run_program(arguments, terminal, Surroundings{{}, "nowhere", {}, {}});
    return {code, out.str(), err.str()};
}

TEST(Program, ExplainsEachCommandWithAnExampleThatNamesIt) {
    for (const Command& command : list_commands()) {
        const Said said = say({std::string(command.name), "--help"});
        EXPECT_EQ(said.code, 0);
        EXPECT_THAT(said.err, IsEmpty());
        EXPECT_THAT(said.out, HasSubstr("Usage: adic " + std::string(command.name)));
        ASSERT_FALSE(command.examples.empty()) << command.name;
        for (const Example& example : command.examples) {
            EXPECT_THAT(example.line, HasSubstr("adic " + std::string(command.name)));
            EXPECT_THAT(said.out, HasSubstr(std::string(example.line)));
            EXPECT_THAT(example.says, EndsWith("."));
        }
        EXPECT_THAT(command.summary, Not(EndsWith(".")));
    }
}

TEST(Program, ListsEveryCommand) {
    const Said said = say({"--help"});
    EXPECT_EQ(said.code, 0);
    for (const Command& command : list_commands()) {
        EXPECT_THAT(said.out, HasSubstr("\n  " + std::string(command.name) + " "));
        EXPECT_EQ(
            say({"help", std::string(command.name)}).out,
            say({std::string(command.name), "-h"}).out
        );
    }
}

TEST(Program, SaysWhatWouldBeRight) {
    struct Case {
        std::vector<std::string> words;
        int code;
        std::string_view says;
    };

    const std::vector<Case> cases{
        {{}, 2, "Usage: adic COMMAND"},
        {{"itms"}, 2, "did you mean 'items'?"},
        {{"--format", "csv"}, 2, "options stand after it"},
        {{"items", "--knd", "tool"}, 2, "did you mean '--kind'?"},
        {{"items", "--kind", "vegetable"}, 2, "--kind is one of system, component"},
        {{"items", "--kind"}, 2, "--kind needs a value"},
        {{"items", "--tier", "deep"}, 2, "--tier is a whole number from 0"},
        {{"why"}, 2, "ITEM is missing"},
        {{"why", "boat"}, 2, "--without is missing"},
        {{"why", "boat", "truck"}, 2, "one word too many: 'truck'"},
        {{"completion", "tcsh"}, 2, "SHELL is one of bash, zsh, fish"},
        {{"items"}, 3, "looked for in nowhere"},
    };
    for (const Case& c : cases) {
        const Said said = say(c.words);
        EXPECT_EQ(said.code, c.code) << said.err;
        EXPECT_THAT(said.out, IsEmpty());
        EXPECT_THAT(said.err, HasSubstr(std::string(c.says)));
    }
}

TEST(Program, ShowsHostileWordsWithoutTheirEscapeSequences) {
    EXPECT_THAT(say({"\x1b[2Jitems"}).err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(say({"items", "--\x1b[2J"}).err, Not(HasSubstr("\x1b")));
}

TEST(Program, TakesWordsAfterTwoDashesAsTheyStand) {
    EXPECT_EQ(say({"why", "--", "--help"}).code, 2);
    EXPECT_THAT(say({"why", "--", "--help"}).err, HasSubstr("--without is missing"));
}

}  // namespace
}  // namespace adic::cli
