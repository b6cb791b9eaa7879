//! Keys of other users and other accounts, in the same world.

use padwatch_engine::Keys;
use sandbox::coderpad::Access;
use sandbox::coderpad::people::{Person, Role};
use sandbox::lever::{Key, stages::Stage};
use sandbox::{StageId, World};

use crate::desk::Services;

pub(crate) const COLLEAGUE: &str = "tomas.ferreira@example.test";

impl Services {
    /// The keys that the world began with.
    pub(crate) fn own_keys(&self) -> Keys {
        self.setup(padwatch_domain::settings::Settings::default())
            .keys
    }

    /// The same Lever key, and another one for CoderPad.
    pub(crate) fn with_coderpad(&self, key: &str) -> Keys {
        Keys {
            coderpad: Some(key.to_owned().into()),
            ..self.own_keys()
        }
    }

    /// Another Lever key, and the same for CoderPad.
    pub(crate) fn with_lever(&self, key: &str) -> Keys {
        Keys {
            lever: Some(key.to_owned().into()),
            ..self.own_keys()
        }
    }

    /// A CoderPad key of a colleague, who sees no pads but their own.
    pub(crate) fn colleagues_key(&self) -> Keys {
        self.world
            .with(|world| world.coderpad.organization.members_see_all = false);
        self.coderpad_key_of(COLLEAGUE, "colleague")
    }

    /// Another CoderPad key of the same user.
    pub(crate) fn second_key(&self) -> Keys {
        self.coderpad_key_of(sandbox::sample::RECRUITER, "second")
    }

    fn coderpad_key_of(&self, email: &str, key: &str) -> Keys {
        self.world.with(|world| {
            let person = Person {
                name: email.to_owned(),
                role: Some(Role::Member),
            };
            world
                .coderpad
                .people
                .entry(email.to_owned())
                .or_insert(person);
            world
                .coderpad
                .keys
                .insert(key.to_owned(), Access::of(email));
        });
        self.with_coderpad(key)
    }

    /// From now on Lever shows another account, and this is a key of it.
    pub(crate) fn other_lever(&self) -> Keys {
        self.world.with(|world| {
            for (number, stage) in world.lever.stages.iter_mut().enumerate() {
                rename(stage, number);
            }
            world
                .lever
                .keys
                .insert("other-lever".to_owned(), Key::full());
        });
        self.with_lever("other-lever")
    }

    /// From now on CoderPad shows another organization, and this is a key of someone there.
    pub(crate) fn other_organization(&self) -> Keys {
        self.world.with(move_elsewhere);
        self.coderpad_key_of("olga.other@elsewhere.test", "other-coderpad")
    }

    /// CoderPad shows the first organization again.
    pub(crate) fn first_organization(&self) {
        self.world
            .with(|world| world.coderpad.organization.name = "Example Organization".to_owned());
    }
}

fn rename(stage: &mut Stage, number: usize) {
    if stage
        .id
        .as_str()
        .contains(|letter: char| letter.is_ascii_digit())
    {
        stage.id = StageId::from(format!("99999999-9999-4999-8999-{number:012}").as_str());
    }
}

fn move_elsewhere(world: &mut World) {
    world.coderpad.organization.name = "Elsewhere".to_owned();
}
