//! The catalogue's messages with their arguments, as its file has them.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// A message, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// "list-empty", or "action-skip.effect".
    pub(crate) key: String,
    /// The heading that it stands under.
    pub(crate) section: String,
    pub(crate) arguments: Vec<Argument>,
    /// The text as it is written, for documentation.
    pub(crate) pattern: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    /// Returns true if it chooses between plural forms, or stands in NUMBER().
    pub(crate) is_number: bool,
}

/// Reads a catalogue.
///
/// # Errors
/// What can't be read, and a message that is there twice.
pub(crate) fn read(source: &str) -> Result<Vec<Message>, String> {
    let resource = parser::parse(source).map_err(|(_, errors)| format!("{errors:?}"))?;
    let mut section = String::new();
    let mut messages: Vec<Message> = Vec::new();
    let mut add = |key: String, section: &str, pattern: &Pattern<&str>| {
        if messages.iter().any(|message| message.key == key) {
            return Err(format!("{key} is there twice"));
        }
        let mut message = Message {
            key,
            section: section.to_owned(),
            arguments: Vec::new(),
            pattern: String::new(),
        };
        message.take(pattern);
        messages.push(message);
        Ok(())
    };
    for entry in &resource.body {
        match entry {
            Entry::GroupComment(comment) => section = comment.content.join(" "),
            Entry::Message(message) => {
                let name = message.id.name;
                if let Some(pattern) = &message.value {
                    add(name.to_owned(), &section, pattern)?;
                }
                for part in &message.attributes {
                    add(format!("{name}.{}", part.id.name), &section, &part.value)?;
                }
            }
            Entry::Junk { content } => return Err(format!("can't be read: {content}")),
            _ => {}
        }
    }
    Ok(messages)
}

impl Message {
    fn take(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.pattern.push_str(value),
                PatternElement::Placeable { expression } => self.take_expression(expression),
            }
        }
    }

    fn take_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.take_inline(inline, false),
            Expression::Select { selector, variants } => {
                let is_plural = variants.iter().any(|variant| is_plural(&variant.key));
                self.take_inline(selector, is_plural);
                for variant in variants {
                    self.pattern.push('|');
                    self.take(&variant.value);
                }
            }
        }
    }

    fn take_inline(&mut self, inline: &InlineExpression<&str>, is_number: bool) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.pattern.push_str(&format!("{{{}}}", id.name));
                self.add(id.name, is_number);
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.take_inline(argument, true);
                }
            }
            InlineExpression::StringLiteral { value } => self.pattern.push_str(value),
            InlineExpression::Placeable { expression } => self.take_expression(expression),
            InlineExpression::NumberLiteral { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. } => {}
        }
    }

    fn add(&mut self, name: &str, is_number: bool) {
        let same = |argument: &&mut Argument| argument.name == name;
        match self.arguments.iter_mut().find(same) {
            Some(argument) => argument.is_number |= is_number,
            None => self.arguments.push(Argument {
                name: name.to_owned(),
                is_number,
            }),
        }
    }
}

fn is_plural(key: &fluent_syntax::ast::VariantKey<&str>) -> bool {
    use fluent_syntax::ast::VariantKey::{Identifier, NumberLiteral};
    match key {
        NumberLiteral { .. } => true,
        Identifier { name } => matches!(*name, "zero" | "one" | "two" | "few" | "many"),
    }
}
