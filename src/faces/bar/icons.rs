//! The interface's signs, drawn with lines, so that they look alike on every machine.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Icon {
    Camera,
    Clock,
    Target,
    Tree,
    Views,
    Film,
    Gear,
    Log,
    Help,
    Play,
    Pause,
    Stop,
    Home,
    End,
    FrameBack,
    FrameOn,
    Faster,
    Slower,
    Loop,
    Eye,
    EyeOff,
    Star,
    StarFull,
    Lock,
    LockOpen,
    Trash,
    Close,
    Right,
    Down,
    Flag,
    Solo,
    Undo,
    Redo,
    Pen,
    Console,
    Journey,
    Plus,
    Key,
    Update,
    Copy,
    Erase,
    Search,
    Even,
    RollLeft,
    RollRight,
    Linear,
    EaseIn,
    EaseOut,
    EaseInOut,
    Hold,
    Page,
    Folder,
    Disk,
    Export,
    Script,
    Switch,
}

/// Draws a sign into the middle of a rectangle, as large as fits, in a grid of 24 by 24.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, colour: Color32) {
    let side = rect.width().min(rect.height());
    let frame = Rect::from_center_size(rect.center(), vec2(side, side));
    let pen = Pen { painter, frame, unit: side / 24.0, colour };
    pen.draw(icon);
}

struct Pen<'a> {
    painter: &'a Painter,
    frame: Rect,
    unit: f32,
    colour: Color32,
}

impl Pen<'_> {
    fn draw(&self, icon: Icon) {
        match icon {
            Icon::Camera => {
                self.boxed((2.5, 7.0), (15.5, 17.5), 2.0);
                self.filled(&[(15.5, 10.7), (21.5, 7.2), (21.5, 17.3), (15.5, 13.8)]);
            }
            Icon::Clock => {
                self.ring((12.0, 12.0), 9.0);
                self.line(&[(12.0, 6.8), (12.0, 12.0), (15.6, 14.2)]);
            }
            Icon::Target => {
                self.ring((12.0, 12.0), 7.0);
                self.dot((12.0, 12.0), 2.0);
                for (a, b) in [
                    ((12.0, 1.5), (12.0, 5.0)),
                    ((12.0, 19.0), (12.0, 22.5)),
                    ((1.5, 12.0), (5.0, 12.0)),
                    ((19.0, 12.0), (22.5, 12.0)),
                ] {
                    self.line(&[a, b]);
                }
            }
            Icon::Tree => {
                self.boxed((3.0, 3.0), (9.0, 8.0), 1.0);
                self.boxed((14.0, 9.5), (21.0, 14.0), 1.0);
                self.boxed((14.0, 17.0), (21.0, 21.5), 1.0);
                self.line(&[(6.0, 8.0), (6.0, 19.2), (14.0, 19.2)]);
                self.line(&[(6.0, 11.8), (14.0, 11.8)]);
            }
            Icon::Views => {
                self.boxed((2.5, 4.0), (21.5, 20.0), 2.0);
                self.line(&[(12.0, 4.0), (12.0, 20.0)]);
                self.line(&[(12.0, 12.0), (21.5, 12.0)]);
            }
            Icon::Film => {
                self.boxed((3.0, 4.0), (21.0, 20.0), 1.5);
                self.line(&[(7.5, 4.0), (7.5, 20.0)]);
                self.line(&[(16.5, 4.0), (16.5, 20.0)]);
                for y in [8.0, 12.0, 16.0] {
                    self.line(&[(3.0, y), (7.5, y)]);
                    self.line(&[(16.5, y), (21.0, y)]);
                }
            }
            Icon::Gear => self.gear(),
            Icon::Log => {
                for y in [6.0, 12.0, 18.0] {
                    self.dot((4.5, y), 1.4);
                    self.line(&[(9.0, y), (20.5, y)]);
                }
            }
            Icon::Help => {
                self.boxed((2.0, 6.0), (22.0, 18.0), 2.0);
                for x in [6.0, 10.0, 14.0, 18.0] {
                    self.dot((x, 10.0), 1.0);
                }
                self.line(&[(7.5, 14.2), (16.5, 14.2)]);
            }
            Icon::Play => self.filled(&[(7.0, 4.5), (19.5, 12.0), (7.0, 19.5)]),
            Icon::Pause => {
                self.bar((6.5, 5.0), (10.0, 19.0));
                self.bar((14.0, 5.0), (17.5, 19.0));
            }
            Icon::Stop => self.bar((6.0, 6.0), (18.0, 18.0)),
            Icon::Home => {
                self.bar((4.5, 5.5), (6.5, 18.5));
                self.filled(&[(19.0, 5.5), (19.0, 18.5), (8.5, 12.0)]);
            }
            Icon::End => {
                self.bar((17.5, 5.5), (19.5, 18.5));
                self.filled(&[(5.0, 5.5), (15.5, 12.0), (5.0, 18.5)]);
            }
            Icon::FrameBack => {
                self.filled(&[(13.0, 6.5), (13.0, 17.5), (4.5, 12.0)]);
                self.bar((16.5, 6.5), (18.5, 17.5));
            }
            Icon::FrameOn => {
                self.filled(&[(11.0, 6.5), (19.5, 12.0), (11.0, 17.5)]);
                self.bar((5.5, 6.5), (7.5, 17.5));
            }
            Icon::Faster => {
                self.filled(&[(3.5, 6.5), (12.0, 12.0), (3.5, 17.5)]);
                self.filled(&[(12.0, 6.5), (20.5, 12.0), (12.0, 17.5)]);
            }
            Icon::Slower => {
                self.filled(&[(12.0, 6.5), (12.0, 17.5), (3.5, 12.0)]);
                self.filled(&[(20.5, 6.5), (20.5, 17.5), (12.0, 12.0)]);
            }
            Icon::Loop => {
                self.line(&[(18.0, 17.0), (6.0, 17.0), (3.5, 14.5), (3.5, 11.5)]);
                self.line(&[(6.0, 7.0), (18.0, 7.0), (20.5, 9.5), (20.5, 12.5)]);
                self.filled(&[(6.0, 3.6), (6.0, 10.4), (1.8, 7.0)]);
                self.filled(&[(18.0, 13.6), (18.0, 20.4), (22.2, 17.0)]);
            }
            Icon::Eye => {
                self.eye();
                self.dot((12.0, 12.0), 3.2);
            }
            Icon::EyeOff => {
                self.eye();
                self.line(&[(4.5, 20.0), (19.5, 4.0)]);
            }
            Icon::Star => self.closed(&star()),
            Icon::StarFull => self.star_full(),
            Icon::Lock => {
                self.bar((5.5, 11.0), (18.5, 20.5));
                self.line(&[
                    (8.0, 11.0),
                    (8.0, 7.0),
                    (10.0, 4.2),
                    (14.0, 4.2),
                    (16.0, 7.0),
                    (16.0, 11.0),
                ]);
            }
            Icon::LockOpen => {
                self.boxed((5.5, 11.0), (18.5, 20.5), 1.0);
                self.line(&[(8.0, 11.0), (8.0, 7.0), (10.0, 4.2), (14.0, 4.2), (16.0, 6.5)]);
            }
            Icon::Trash => {
                self.line(&[(4.0, 6.5), (20.0, 6.5)]);
                self.line(&[(9.0, 6.0), (9.5, 3.5), (14.5, 3.5), (15.0, 6.0)]);
                self.line(&[(6.0, 7.0), (7.0, 20.5), (17.0, 20.5), (18.0, 7.0)]);
            }
            Icon::Close => {
                self.line(&[(6.0, 6.0), (18.0, 18.0)]);
                self.line(&[(18.0, 6.0), (6.0, 18.0)]);
            }
            Icon::Right => self.line(&[(9.0, 6.0), (15.0, 12.0), (9.0, 18.0)]),
            Icon::Down => self.line(&[(6.0, 9.0), (12.0, 15.0), (18.0, 9.0)]),
            Icon::Flag => {
                self.line(&[(6.0, 3.0), (6.0, 21.5)]);
                self.filled(&[(6.0, 4.0), (19.5, 4.0), (15.5, 8.5), (19.5, 13.0), (6.0, 13.0)]);
            }
            Icon::Solo => {
                self.ring((12.0, 12.0), 9.0);
                self.dot((12.0, 12.0), 4.0);
            }
            Icon::Undo => {
                self.line(&[
                    (5.0, 8.0),
                    (15.0, 8.0),
                    (19.5, 11.5),
                    (19.5, 15.0),
                    (15.0, 19.0),
                    (8.0, 19.0),
                ]);
                self.line(&[(9.0, 3.5), (4.5, 8.0), (9.0, 12.5)]);
            }
            Icon::Redo => {
                self.line(&[
                    (19.0, 8.0),
                    (9.0, 8.0),
                    (4.5, 11.5),
                    (4.5, 15.0),
                    (9.0, 19.0),
                    (16.0, 19.0),
                ]);
                self.line(&[(15.0, 3.5), (19.5, 8.0), (15.0, 12.5)]);
            }
            Icon::Console => {
                self.boxed((2.5, 4.0), (21.5, 20.0), 2.0);
                self.line(&[(6.5, 8.5), (10.5, 12.0), (6.5, 15.5)]);
                self.line(&[(12.5, 16.0), (17.5, 16.0)]);
            }
            Icon::Journey => {
                self.line(&[(2.5, 17.5), (7.0, 9.5), (12.0, 13.5), (17.0, 7.0), (21.5, 10.0)]);
                self.dot((7.0, 9.5), 2.4);
                self.dot((17.0, 7.0), 2.4);
                self.line(&[(2.5, 21.0), (21.5, 21.0)]);
            }
            Icon::Plus => {
                self.line(&[(12.0, 4.5), (12.0, 19.5)]);
                self.line(&[(4.5, 12.0), (19.5, 12.0)]);
            }
            Icon::Key => {
                self.closed(&[(9.5, 5.5), (16.0, 12.0), (9.5, 18.5), (3.0, 12.0)]);
                self.line(&[(19.0, 3.0), (19.0, 10.0)]);
                self.line(&[(15.5, 6.5), (22.5, 6.5)]);
            }
            Icon::Update => {
                self.closed(&[(12.0, 12.0), (17.0, 17.0), (12.0, 22.0), (7.0, 17.0)]);
                self.line(&[(12.0, 2.0), (12.0, 8.5)]);
                self.line(&[(8.5, 5.8), (12.0, 9.3), (15.5, 5.8)]);
            }
            Icon::Copy => {
                self.boxed((4.0, 4.0), (15.0, 15.0), 1.5);
                self.line(&[(18.0, 9.0), (20.0, 9.0), (20.0, 20.0), (9.0, 20.0), (9.0, 18.0)]);
            }
            Icon::Erase => {
                self.line(&[(4.0, 6.0), (20.0, 6.0)]);
                self.line(&[(4.0, 12.0), (11.0, 12.0)]);
                self.line(&[(4.0, 18.0), (11.0, 18.0)]);
                self.line(&[(14.0, 11.5), (20.5, 18.5)]);
                self.line(&[(20.5, 11.5), (14.0, 18.5)]);
            }
            Icon::Search => {
                self.ring((10.5, 10.5), 6.5);
                self.line(&[(15.3, 15.3), (21.0, 21.0)]);
            }
            Icon::Even => {
                self.line(&[(3.0, 12.0), (21.0, 12.0)]);
                for x in [3.5, 9.2, 14.8, 20.5] {
                    self.dot((x, 12.0), 2.2);
                }
            }
            Icon::RollLeft => self.roll(false),
            Icon::RollRight => self.roll(true),
            Icon::Linear => self.line(&[(3.5, 20.0), (20.5, 4.0)]),
            Icon::EaseIn => self.curve(|x| x * x * x),
            Icon::EaseOut => self.curve(|x| 1.0 - (1.0 - x).powi(3)),
            Icon::EaseInOut => self.curve(|x| x * x * (3.0 - 2.0 * x)),
            Icon::Hold => {
                self.line(&[(3.5, 20.0), (17.0, 20.0), (17.0, 4.0), (20.5, 4.0)]);
            }
            Icon::Page => {
                self.closed(&[(5.0, 2.5), (14.0, 2.5), (19.0, 7.5), (19.0, 21.5), (5.0, 21.5)]);
                self.line(&[(14.0, 2.5), (14.0, 7.5), (19.0, 7.5)]);
            }
            Icon::Folder => self.closed(&[
                (2.5, 5.0),
                (9.0, 5.0),
                (11.5, 8.0),
                (21.5, 8.0),
                (21.5, 19.5),
                (2.5, 19.5),
            ]),
            Icon::Disk => {
                self.closed(&[(3.5, 3.5), (17.0, 3.5), (20.5, 7.0), (20.5, 20.5), (3.5, 20.5)]);
                self.boxed((7.5, 3.5), (15.0, 8.5), 0.0);
                self.boxed((7.0, 13.0), (17.0, 20.5), 0.0);
            }
            Icon::Export => {
                self.line(&[(4.0, 14.0), (4.0, 20.5), (20.0, 20.5), (20.0, 14.0)]);
                self.line(&[(12.0, 15.5), (12.0, 3.5)]);
                self.line(&[(7.5, 8.0), (12.0, 3.5), (16.5, 8.0)]);
            }
            Icon::Script => {
                self.line(&[(8.0, 6.0), (2.5, 12.0), (8.0, 18.0)]);
                self.line(&[(16.0, 6.0), (21.5, 12.0), (16.0, 18.0)]);
                self.line(&[(13.5, 4.5), (10.5, 19.5)]);
            }
            Icon::Switch => {
                self.boxed((2.5, 7.0), (21.5, 17.0), 5.0);
                self.dot((16.5, 12.0), 3.0);
            }
            Icon::Pen => {
                self.closed(&[(4.0, 20.0), (5.0, 15.5), (16.0, 4.5), (19.5, 8.0), (8.5, 19.0)]);
            }
        }
    }

    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        pos2(self.frame.left() + x * self.unit, self.frame.top() + y * self.unit)
    }

    fn stroke(&self) -> Stroke {
        Stroke::new((1.7 * self.unit).max(1.0), self.colour)
    }

    fn points(&self, points: &[(f32, f32)]) -> Vec<Pos2> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    fn line(&self, points: &[(f32, f32)]) {
        self.painter.add(Shape::line(self.points(points), self.stroke()));
    }

    fn closed(&self, points: &[(f32, f32)]) {
        self.painter.add(Shape::closed_line(self.points(points), self.stroke()));
    }

    /// A convex surface.
    fn filled(&self, points: &[(f32, f32)]) {
        self.painter.add(Shape::convex_polygon(self.points(points), self.colour, Stroke::NONE));
    }

    fn ring(&self, centre: (f32, f32), radius: f32) {
        self.painter.circle_stroke(self.at(centre), radius * self.unit, self.stroke());
    }

    fn dot(&self, centre: (f32, f32), radius: f32) {
        self.painter.circle_filled(self.at(centre), radius * self.unit, self.colour);
    }

    fn boxed(&self, from: (f32, f32), to: (f32, f32), round: f32) {
        let rect = Rect::from_min_max(self.at(from), self.at(to));
        self.painter.rect_stroke(rect, round * self.unit, self.stroke(), egui::StrokeKind::Middle);
    }

    fn bar(&self, from: (f32, f32), to: (f32, f32)) {
        let rect = Rect::from_min_max(self.at(from), self.at(to));
        self.painter.rect_filled(rect, self.unit, self.colour);
    }

    /// How something goes from its start to its end.
    fn curve(&self, along: impl Fn(f32) -> f32) {
        let step = |i: u8| {
            let x = f32::from(i) / 12.0;
            (3.5 + 17.0 * x, 20.0 - 16.0 * along(x))
        };
        self.line(&(0..=12).map(step).collect::<Vec<_>>());
    }

    /// An arc with a tip, above a horizon.
    fn roll(&self, is_right: bool) {
        let way = if is_right { 1.0 } else { -1.0 };
        let arc = (0..=10_u8).map(|i| {
            let angle = std::f32::consts::PI * (1.05 - 0.9 * f32::from(i) / 10.0);
            (12.0 + way * 8.0 * angle.cos(), 15.0 - 8.5 * angle.sin())
        });
        self.line(&arc.collect::<Vec<_>>());
        let x = |dx: f32| 12.0 + way * dx;
        self.filled(&[(x(4.5), 11.5), (x(10.5), 9.5), (x(8.6), 15.5)]);
        self.line(&[(3.0, 19.5), (21.0, 19.5)]);
    }

    fn eye(&self) {
        let arc = |way: f32| {
            let step = |i: u8| {
                let across = f32::from(i) / 8.0;
                (2.0 + 20.0 * across, 12.0 + way * 7.0 * (across * std::f32::consts::PI).sin())
            };
            (0..=8).map(step).collect::<Vec<_>>()
        };
        self.line(&arc(-1.0));
        self.line(&arc(1.0));
    }

    fn gear(&self) {
        self.ring((12.0, 12.0), 6.6);
        self.ring((12.0, 12.0), 2.6);
        for tooth in 0..8_u8 {
            let (sin, cos) = (f32::from(tooth) * std::f32::consts::FRAC_PI_4).sin_cos();
            let on = |radius: f32| (12.0 + radius * cos, 12.0 + radius * sin);
            self.line(&[on(7.0), on(10.4)]);
        }
    }

    fn star_full(&self) {
        let outline = star();
        // Five convex kites from the middle make the whole, which is not convex itself.
        for tip in (0..10).step_by(2) {
            let (before, after) = (outline[(tip + 9) % 10], outline[tip + 1]);
            self.filled(&[(12.0, 12.5), before, outline[tip], after]);
        }
        self.closed(&outline);
    }
}

fn star() -> [(f32, f32); 10] {
    std::array::from_fn(|i| {
        let radius = if i % 2 == 0 { 9.5 } else { 4.2 };
        let (sin, cos) = (i as f32 * std::f32::consts::PI / 5.0).sin_cos();
        (12.0 + radius * sin, 12.5 - radius * cos)
    })
}
